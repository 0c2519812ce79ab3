import { rateLimitHeaders } from "../../http/rate-limit-headers.ts";
import { DEFAULT_LIMIT } from "./caller.ts";

/** The length of a window, in seconds. */
export const HOUR = 3_600;

/** The rate limit headers (spec: Rate Limiting; reset in Unix seconds). */
export const limitHeaders = rateLimitHeaders({ limit: DEFAULT_LIMIT, seconds: HOUR });
