import type { UserSession } from "../../auth/user-sessions.ts";
import type { Caller, CallLimit } from "../../http/caller.ts";

/** Who a request of this API acts for. */
export interface LumenbaseCaller extends Caller {
  /** The workspace's limit. */
  requestsPerMinute: number;
  /** A user's own limit, in place of that. */
  limit?: CallLimit;
  /** The user who signed in; none with a key or a connector's token. */
  user?: UserSession;
  /** The connector whose token the request came with; it may do nothing else. */
  connector?: { id: string; requestsPerMinute: number };
}
