import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";
import { BoundedMap } from "../memory/bounded-map.ts";
import { checkedWindow, type Store } from "./rate-limiter.ts";

const MAX_LIMITS = 100;

/** Where the Upstash database is, and how long it may take to answer. */
export interface UpstashOptions {
  url: string;
  token: string;
  timeoutMs: number;
}

/**
 * Counts in Upstash Redis. Throws when Upstash is slow, gone or answers nonsense. Upstash counts
 * refused requests too, so a limit that is raised after a refusal takes full effect a minute later.
 * The window is that of this process's clock: processes whose clocks differ count apart.
 */
export function upstashRateLimiter(options: UpstashOptions): Store {
  const redis = connect(options);
  const byLimit = new BoundedMap<string, Ratelimit>(MAX_LIMITS);

  return {
    async take({ subject, limit, seconds }, amount = 1) {
      const window = `${limit}/${seconds}`;
      const counter = byLimit.get(window) ?? counterOf(redis, limit, seconds, options.timeoutMs);
      byLimit.set(window, counter);
      const answer = await counter.limit(subject, { rate: amount });
      // The package lets requests through when it is out of time; that choice is the caller's.
      if (answer.reason === "timeout") {
        throw new Error(`Upstash did not answer within ${options.timeoutMs} ms`);
      }
      const used = answer.success ? answer.limit - answer.remaining : answer.limit + 1;
      return checkedWindow({
        limit: answer.limit === limit ? limit : NaN,
        used,
        resetAt: answer.reset / 1000,
      });
    },
  };
}

function connect({ url, token, timeoutMs }: UpstashOptions): Redis {
  return new Redis({
    url,
    token,
    // One retry, for a kept connection that was closed meanwhile. A lost answer may then count a
    // request twice, which errs on the side of the store.
    retry: { retries: 1, backoff: () => 20 },
    signal: () => AbortSignal.timeout(timeoutMs),
    enableTelemetry: false,
    readYourWrites: false,
  });
}

// No cache of refusals here: the package would keep one made from a nonsense answer, and apply it
// to a limit that was raised meanwhile. `resilient` has its own.
function counterOf(redis: Redis, limit: number, seconds: number, timeout: number): Ratelimit {
  return new Ratelimit({
    redis,
    limiter: Ratelimit.fixedWindow(limit, `${seconds} s`),
    prefix: "lumenbase:requests",
    timeout,
    ephemeralCache: false,
    analytics: false,
    enableTelemetry: false,
  });
}
