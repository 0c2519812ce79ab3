import type { Caller, CallLimit } from "../../http/caller.ts";

/** Requests an hour of a key that has no limit of its own (spec: Rate Limiting). */
export const DEFAULT_LIMIT = 1_000;

/** Who a request of this API acts for. */
export interface LeadHubCaller extends Caller {
  requestsPerHour: number;
  /** The limit of a user, or of who has no key, in place of that. */
  limit?: CallLimit;
}
