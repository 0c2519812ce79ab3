import { countByAddress as count } from "../../http/by-address.ts";
import type { Call } from "../../http/call.ts";
import type { CallLimit } from "../../http/caller.ts";

/**
 * Counts a request of a public route for the client's address, whose limit is answered, and towards others. Throws
 * Refusal when it is over one.
 */
export async function countByAddress(call: Call, ...others: CallLimit[]): Promise<CallLimit> {
  return await count(call, "lio", ...others);
}
