import type { Scope } from "../../../crm/scopes.ts";

/** What reading the feed needs. */
export const FEED_SCOPE: Scope = "events:read";
