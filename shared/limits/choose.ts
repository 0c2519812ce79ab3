import { localRateLimiter } from "./local.ts";
import { postgresRateLimiter, type Query } from "./postgres.ts";
import type { Store } from "./rate-limiter.ts";
import { resilient, type ResilientRateLimiter } from "./resilient.ts";
import { StoreClock } from "./store-clock.ts";

const TIMEOUT_MS = 1000;

/** The variables that choose the store of the rate limit. */
export interface RateLimitEnv {
  UPSTASH_REDIS_REST_URL?: string | undefined;
  UPSTASH_REDIS_REST_TOKEN?: string | undefined;
}

/** The limiter in use, and where it counts. */
export interface ChosenRateLimiter extends ResilientRateLimiter {
  store: "postgres" | "upstash";
}

/**
 * The rate limiter for this environment: Upstash when `UPSTASH_REDIS_REST_URL` is set, PostgreSQL
 * otherwise. Throws when the settings cannot work.
 */
export function chooseRateLimiter(
  env: RateLimitEnv,
  postgresQuery: Query,
  onTrouble: (reason: string) => void,
): ChosenRateLimiter {
  const upstash = upstashSettings(env);
  const store = upstash ? "upstash" : "postgres";
  const limiter = upstash ? upstashStore(upstash) : postgresRateLimiter(postgresQuery);
  const clock = new StoreClock();
  const answering = resilient(limiter, {
    timeoutMs: TIMEOUT_MS,
    clock,
    fallback: localRateLimiter({ now: clock.now }),
    onTrouble: (reason) => onTrouble(`${store}: ${reason}`),
  });
  return { ...answering, store };
}

// Loaded where it is used: it is large, and most processes count in PostgreSQL.
function upstashStore(settings: { url: string; token: string }): Store {
  const loading = import("./upstash.ts").then(({ upstashRateLimiter }) =>
    upstashRateLimiter({ ...settings, timeoutMs: TIMEOUT_MS })
  );
  return { take: async (...asked) => await (await loading).take(...asked) };
}

function upstashSettings(env: RateLimitEnv): { url: string; token: string } | null {
  const url = env.UPSTASH_REDIS_REST_URL?.trim();
  const token = env.UPSTASH_REDIS_REST_TOKEN?.trim();
  if (!url && !token) return null;
  if (!token) {
    throw new Error("UPSTASH_REDIS_REST_URL is set, so set UPSTASH_REDIS_REST_TOKEN too.");
  }
  if (!url) throw new Error("UPSTASH_REDIS_REST_TOKEN is set, so set UPSTASH_REDIS_REST_URL too.");
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Error("UPSTASH_REDIS_REST_URL must be the https:// address of an Upstash database.");
  }
  return { url, token };
}
