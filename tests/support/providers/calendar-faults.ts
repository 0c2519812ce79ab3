import type { Answered, Seen } from "./lasting-stand-in.ts";

/** What a token makes a calendar do, so that one stand-in does for all tests: `google-hang-…` never answers. */
export type Fault =
  | "hang"
  | "broken"
  | "limited"
  | "patient"
  | "half"
  | "huge"
  | "garbage"
  | "revoked"
  | "dying"
  | "lost"
  | "frozen"
  | "forgetful";

const HUGE = 50 * 1024 * 1024;

/** The requests of each token so far. */
const counts = new Map<string, number>();

/** The token of a request that a service gave out: `<service>-<what>-…`, with what it is for. */
export function tokenOf(
  { headers }: Seen,
  service: string,
): { token: string; what: string } | null {
  const [, token = "", of, what = ""] =
    /^Bearer (([a-z]+)-(\w+)-.+)$/.exec(headers.authorization ?? "") ??
      [];
  return of === service ? { token, what } : null;
}

/** Answers a request as a service with a fault does; null lets it be answered as usual. */
export function faulty(
  { method }: Seen,
  { token, what }: { token: string; what: string },
  refusal: (status: number) => Answered,
): Answered | Promise<Answered> | null {
  const count = (counts.get(token) ?? 0) + 1;
  counts.set(token, count);
  switch (what as Fault) {
    case "hang":
      return new Promise(() => {});
    case "broken":
      return refusal(500);
    case "limited":
      return count === 1 ? { ...refusal(429), headers: { "retry-after": "1" } } : null;
    case "patient":
      return { ...refusal(429), headers: { "retry-after": "60" } };
    case "half":
      return cut({ status: 200, body: { items: [], value: [] } });
    case "huge":
      return {
        status: 200,
        body: Buffer.alloc(HUGE, " "),
        headers: { "content-type": "application/json" },
      };
    case "garbage":
      return { status: 200, body: "<html>Sign in</html>" };
    case "revoked":
      return refusal(401);
    case "dying":
      return count === 1 ? null : refusal(401);
    case "frozen":
      return method === "PATCH" || method === "DELETE" ? refusal(500) : null;
    default:
      return null;
  }
}

/** What a service's answer becomes on its way: the first to a POST is cut off with `lost`. */
export function onItsWay(
  { method }: Seen,
  { token, what }: { token: string; what: string },
  answered: Answered,
): Answered {
  if (what !== "lost" || method !== "POST" || answered.status >= 300) return answered;
  const isFirst = !lost.has(token);
  lost.add(token);
  return isFirst ? cut(answered) : answered;
}

const lost = new Set<string>();

function cut({ status, body }: Answered): Answered {
  const text = JSON.stringify(body);
  return {
    status,
    body: text.slice(0, Math.floor(text.length / 2)),
    headers: {
      "content-type": "application/json",
      "content-length": String(text.length),
      connection: "close",
    },
  };
}
