import * as z from "zod";
import * as column from "./column.ts";
import { type Resource, resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** Services that users' mail goes through. */
export const MAILERS = ["gmail", "outlook", "smtp"] as const;

/** Users' mail accounts: what is connected beside them has `is_mail` false. */
export const mailAccounts: Resource = resource({
  record: "mail_account",
  name: "connected_accounts",
  table: "crm.connected_accounts",
  columns: {
    id: column.id,
    provider: column.readOnly(z.enum(MAILERS)),
    user_id: column.readOnly(answer.link),
    from_address: column.readOnly(z.string()),
    from_name: column.readOnly(z.string()),
    is_default: column.readOnly(z.boolean()),
    is_active: column.readOnly(z.boolean()),
    last_error: column.readOnly(answer.text),
    created_at: column.time,
  },
  uncounted: true,
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    created_at: { column: "created_at", type: "timestamptz" },
  },
});
