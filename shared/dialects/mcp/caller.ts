import type { Call } from "../../http/call.ts";
import type { Caller } from "../../http/caller.ts";

/** Whose key a request came with. */
export interface McpCaller extends Caller {
  /** The workspace's limit. */
  requestsPerMinute: number;
}

/** A request with one message of the protocol. */
export type McpCall = Call<McpCaller>;
