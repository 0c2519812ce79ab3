import * as z from "zod";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import * as column from "./column.ts";
import { columnsOf } from "./records.ts";
import { resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

const PROVIDERS = ["slack", "hubspot", "google", "microsoft", "gmail", "outlook", "smtp"] as const;
const STATUSES = ["connected", "error"] as const;

/** Accounts with other services that were connected, without their secrets: apps, and users' mail accounts. */
export const connectedAccounts = resource({
  record: "connected_account",
  name: "connected_accounts",
  table: "crm.connected_accounts",
  columns: {
    id: column.id,
    provider: column.readOnly(z.enum(PROVIDERS)),
    user_id: column.readOnly(answer.link),
    settings: column.readOnly(z.record(z.string(), z.unknown())),
    from_address: column.readOnly(answer.text),
    from_name: column.readOnly(answer.text),
    is_default: column.readOnly(z.boolean()),
    is_active: column.readOnly(z.boolean()),
    status: column.readOnly(z.enum(STATUSES)),
    last_error: column.readOnly(answer.text),
    connected_at: column.time,
    created_at: column.time,
    updated_at: column.time,
  },
  constraints: {
    connected_accounts_user_id_fkey: { field: "user_id", message: "No user with this id." },
  },
  sorts: { created_at: { column: "created_at", type: "timestamptz" } },
});

/** The app of a provider that is connected for a user, or for the workspace. */
export function appOf(provider: string, userId: string | null): Statement {
  return statement(sql`select ${columnsOf(connectedAccounts)} from crm.connected_accounts
    where provider = ${provider} and user_id is not distinct from ${userId}`);
}

/** Keeps others from connecting or disconnecting accounts of the same user until the transaction ends. */
export function lockUserOf(id: string): Statement {
  return statement(sql`select id from crm.users
    where id = (select user_id from crm.connected_accounts where id = ${id}) for no key update`);
}

/** Forgets an account with its secrets; answers its `user_id`. */
export function forgetAccount(id: string): Statement {
  return statement(
    sql`delete from crm.connected_accounts where id = ${id} returning id, user_id`,
  );
}

/** Makes the oldest mail account of a user who has no default one theirs. */
export function passDefaultOn(userId: string): Statement {
  return statement(sql`update crm.connected_accounts set is_default = true
    where id = (select id from crm.connected_accounts
        where user_id = ${userId} and is_mail and is_active order by created_at, id limit 1)
      and not exists (select from crm.connected_accounts where user_id = ${userId} and is_default)`);
}
