import type { Call } from "../../http/call.ts";
import type { Caller, CallLimit } from "../../http/caller.ts";

/** Whose key or user token a request came with. */
export interface McpCaller extends Caller {
  /** The workspace's limit. */
  requestsPerMinute: number;
  /** A user's own limit, in place of that. */
  limit?: CallLimit;
}

/** A request with one message of the protocol. */
export type McpCall = Call<McpCaller>;
