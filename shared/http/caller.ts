import type { Actor, UserRole } from "../db/claims.ts";
import type { Limit, RateWindow } from "../limits/rate-limiter.ts";

/** Who a request acts for. */
export interface Caller {
  workspaceId: string;
  actor: Actor;
  scopes: readonly string[];
  /** The role of a user; none of other actors. */
  userRole?: UserRole;
}

/** A limit that a request counts towards. */
export interface CallLimit extends Limit {
  /** What a refusal calls it, such as `requests_per_minute`. */
  name: string;
  /** Whose it is, for the headers. */
  policy: string;
}

/** A limit with what is used of it. */
export interface LimitUse {
  limit: CallLimit;
  window: RateWindow;
}
