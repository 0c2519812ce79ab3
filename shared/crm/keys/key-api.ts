import type { Api } from "../../auth/api-key.ts";

/** What the keys of an API may do, and how often. */
export interface KeyApi {
  /** The API as people call it. */
  title: string;
  scopes: readonly string[];
  /** The limit of each key in a UTC hour or minute; an API without one counts the requests of the workspace. */
  rate?: { window: "hour" | "minute"; default: number };
  /** Whether a key may be bound to the hosts whose pages use it. */
  hasDomains?: true;
}

/** Those of each API, which the APIs' own code tells. */
export type KeyApis = Readonly<Record<Api, KeyApi>>;

/** The largest limit of a key, as the database holds it. */
export const MOST_REQUESTS = 2_147_483_647;

/** The longest that both keys of a rotation work, in seconds. */
export const MOST_OVERLAP_SECONDS = 30 * 86_400;
