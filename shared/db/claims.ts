import type { Connection } from "./wire/connection.ts";
import { preparedStatements, SETTINGS } from "./wire/prepared-statements.ts";
import type { Statement } from "./wire/pipeline.ts";

/** Who a transaction acts for; set as `request.jwt.claims`, which the row policies read. */
export interface Claims {
  workspace_id: string;
  /** The API key's id. */
  sub: string;
  scopes: readonly string[];
  request_id: string;
}

const CLAIMS = "select set_config('request.jwt.claims', $1, true)";

/** The statement that a transaction begins with, and that makes `more` settings for it. */
export function enter(client: Connection, claims: Claims, more?: string): Statement {
  const settings = preparedStatements(client) === null ? [SETTINGS] : [];
  const text = [CLAIMS, ...settings, ...(more ? [more] : [])].join(", ");
  return { text, values: [JSON.stringify(claims)], prepared: true };
}
