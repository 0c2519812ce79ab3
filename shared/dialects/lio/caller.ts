import type { UserSession } from "../../auth/user-sessions.ts";
import type { Caller, CallLimit } from "../../http/caller.ts";
import { Refusal } from "../../refusals/refusal.ts";

/** Requests a minute of a key, a user or an address that has no limit of its own. */
export const DEFAULT_LIMIT = 600;

/** Who a request of this API acts for. */
export interface LioCaller extends Caller {
  limit: CallLimit;
  /** That of the form that is submitted, which counts besides. */
  formLimit?: CallLimit;
  /** The user who signed in; null with a key. */
  user: UserSession | null;
}

/** The user who signed in. Throws Refusal for a key. */
export function userOf({ user }: LioCaller): UserSession {
  if (user !== null) return user;
  throw new Refusal("forbidden", "An API key is no user.", { code: "role" });
}
