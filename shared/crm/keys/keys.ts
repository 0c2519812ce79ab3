import { Buffer } from "node:buffer";
import * as z from "zod";
import { type ApiKeyFingerprint, APIS } from "../../auth/api-key.ts";
import { sql, statement } from "../../db/sql.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import * as column from "../column.ts";
import type { Fields } from "../plan.ts";
import { type Resource, resource } from "../resource.ts";
import * as answer from "../values/record-schema.ts";

/** Whether and how long a key works. One that is rotating works until it expires. */
const KEY_STATES = ["active", "rotating", "expired", "revoked"] as const;

const time = column.readOnly(answer.timestamp.nullable());

/** API keys, without their secrets. */
export const keys: Resource = resource({
  record: "key",
  name: "api_keys",
  table: "crm.shown_api_keys",
  columns: {
    id: column.id,
    name: column.readOnly(z.string()),
    api: column.readOnly(z.enum(APIS)),
    prefix: column.readOnly(z.string()),
    scopes: column.readOnly(z.array(z.string())),
    allowed_ips: column.readOnly(z.array(z.string()).nullable()),
    allowed_domains: column.readOnly(z.array(z.string()).nullable()),
    rate_limit: column.readOnly(z.int().nullable()),
    state: column.readOnly(z.enum(KEY_STATES)),
    created_at: column.time,
    expires_at: time,
    revoked_at: time,
    last_used_at: time,
    rotated_to: column.readOnly(answer.link),
  },
  uncounted: true,
  sorts: { created_at: { column: "created_at", type: "timestamptz" } },
});

/** Makes a key of what was given; answers its `id`. */
export function insertKey(given: Fields, { publicId, hash }: ApiKeyFingerprint): Statement {
  const key_hash = Buffer.from(hash).toString("hex");
  const row = JSON.stringify({ ...given, public_id: publicId, key_hash });
  return statement(sql`select app.create_api_key(${row}) as id`);
}

/**
 * Replaces a key by one that may do the same, while it works for so many seconds more; answers the new one's
 * `id`, null when the key works no more or was replaced already.
 */
export function replaceKey(
  id: string,
  { publicId, hash }: ApiKeyFingerprint,
  overlapSeconds: number,
): Statement {
  return statement(
    sql`select app.rotate_api_key(${id}, ${publicId}, ${
      Buffer.from(hash)
    }, ${overlapSeconds}) as id`,
  );
}

/** Ends a key for good. */
export function endKey(id: string): Statement {
  return statement(sql`select app.revoke_api_key(${id})`);
}
