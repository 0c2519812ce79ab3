import type { Connection } from "./wire/connection.ts";
import type { Statement } from "./wire/pipeline.ts";
import { preparedStatements, SETTINGS } from "./wire/prepared-statements.ts";

/** What kind of actor changes records. */
export type ActorKind =
  | "key"
  | "user"
  | "connector"
  | "form"
  | "booking"
  | "message"
  | "call"
  | "automation"
  | "job"
  | "mcp";

/** Who acts in a workspace, as the events of its changes tell. */
export interface Actor {
  kind: ActorKind;
  /**
   * The id of the key, user, connector, form, automation or job; of the message that has the link; of the user
   * whose booking page it is; of the call or the phone number that the telephone service tells of.
   */
  id: string;
  /** Of an automation: the run. */
  run?: string;
}

/** What a user may see and do, as the row policies know it. */
export type UserRole = "admin" | "member" | "rep" | "viewer";

/** Who a transaction acts for; set as `request.jwt.claims`, which the row policies read. */
export interface Claims {
  workspace_id: string;
  /** The actor's id (RFC 7519, section 4.1.2). */
  sub: string;
  actor: Actor;
  scopes: readonly string[];
  /** Of a user: a rep sees no leads of others (SQL: app.sees_all). */
  user_role?: UserRole;
  request_id: string;
  /** The event that this is done because of, by its sequence number. */
  cause?: number;
}

const CLAIMS = "select set_config('request.jwt.claims', $1, true)";

/** The statement that a transaction begins with, and that makes `more` settings for it. */
export function enter(client: Connection, claims: Claims, more?: string): Statement {
  const settings = preparedStatements(client) === null ? [SETTINGS] : [];
  const text = [CLAIMS, ...settings, ...(more ? [more] : [])].join(", ");
  return { text, values: [JSON.stringify(claims)], prepared: true };
}
