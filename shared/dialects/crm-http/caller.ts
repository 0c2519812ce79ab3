import type { Caller } from "../../http/caller.ts";

/** Requests a minute of a key, or of a session's user, that has no limit of its own. */
export const DEFAULT_LIMIT = 600;

/** Who a request of this API acts for. */
export interface CrmCaller extends Caller {
  requestsPerMinute: number;
  /** The user of the session; null with a key. */
  userId: string | null;
}
