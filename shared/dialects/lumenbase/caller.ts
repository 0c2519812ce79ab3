import type { Caller, CallLimit } from "../../http/caller.ts";

/** Who a request of this API acts for. */
export interface LumenbaseCaller extends Caller {
  /** The workspace's limit. */
  requestsPerMinute: number;
  /** A user's own limit, in place of that. */
  limit?: CallLimit;
  /** The connector whose token the request came with; it may do nothing else. */
  connector?: { id: string; requestsPerMinute: number };
}
