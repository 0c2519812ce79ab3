import type { Query } from "../../../auth/sign-in.ts";
import type { Call } from "../../../http/call.ts";

/** Runs statements of people, who are of no workspace. */
export function queryOf({ services: { database } }: Call): Query {
  return (statement) => database.query(statement);
}
