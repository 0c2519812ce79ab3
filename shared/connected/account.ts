import type { SecretBox } from "../auth/secret-box.ts";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Workspace } from "../db/workspace.ts";

/** Services that are connected for an organisation or a user. */
export const APPS = ["slack", "hubspot", "google", "microsoft"] as const;
/** Services that users' mail goes through. */
export const MAILERS = ["gmail", "outlook", "smtp"] as const;

export type App = typeof APPS[number];
export type Mailer = typeof MAILERS[number];

/** What opens accounts. */
export interface Opening {
  workspace: Workspace;
  secrets(): SecretBox;
  env: Readonly<Record<string, string | undefined>>;
}

/** Which account: by itself, or the one of a provider for a user or, with null, for the organisation. */
export type Which =
  | { id: string }
  | { number: number }
  | { provider: App; userId: string | null };

/** An account as it is stored. */
export interface StoredAccount {
  id: string;
  number: number;
  provider: App | Mailer;
  user_id: string | null;
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
  version: number;
  from_address: string | null;
  from_name: string | null;
}

/** Reads an account with its secrets; null when there is none, or it is not active. */
export async function storedAccount(
  { workspace, secrets }: Pick<Opening, "workspace" | "secrets">,
  which: Which,
): Promise<StoredAccount | null> {
  const [rows] = await workspace.read([selectAccount(which)]);
  const row = rows?.[0] as (Omit<StoredAccount, "secrets"> & { secrets: string }) | undefined;
  if (row === undefined) return null;
  const opened = await secrets().open(row.secrets, workspace.id);
  return { ...row, number: Number(row.number), secrets: opened };
}

function selectAccount(which: Which): Statement {
  const condition = "id" in which
    ? sql`id = ${which.id}`
    : "number" in which
    ? sql`number = ${which.number}::bigint`
    : sql`provider = ${which.provider} and user_id is not distinct from ${which.userId}::uuid`;
  return statement(sql`
    select id, number, provider, user_id, settings, secrets, version, from_address, from_name
    from crm.connected_accounts where is_active and ${condition}`);
}

/** An account, and which of its secrets were used; null: whichever it has. */
export interface UsedAccount {
  id: string;
  version(): number | null;
}

/**
 * Tells an account's users that it failed, or, with null, that it works: by the secrets that were used, and not by
 * those that somebody gave since.
 */
export function noteAccountFailure(
  { id, version }: UsedAccount,
  error: string | null,
): Statement {
  return statement(sql`update crm.connected_accounts
    set status = case when ${error}::text is null then 'connected' else 'error' end, last_error = ${error}
    where id = ${id} and last_error is distinct from ${error}
      and version = coalesce(${version()}::integer, version)`);
}
