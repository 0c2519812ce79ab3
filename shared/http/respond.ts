import { performance } from "node:perf_hooks";
import { Refusal } from "../refusals/refusal.ts";
import type { Call, Outcome } from "./call.ts";
import type { Caller } from "./caller.ts";
import { ANY_ORIGIN } from "./cors.ts";
import type { Dialect } from "./dialect.ts";
import { logRequest } from "./log.ts";
import { secondsToMidnight } from "./seconds.ts";

/** A deployed function, as its requests see it. */
export interface Door<C extends Caller = Caller> {
  name: string;
  dialect: Dialect<C>;
}

/** A request that has been answered. */
export interface Answered<C extends Caller = Caller> {
  method: string;
  id: string;
  door: Door<C>;
  /** When it came, by `performance.now()`. */
  started: number;
  /** Null when the service could not even begin. */
  call: Call<C> | null;
}

/** The headers of every answer. */
function commonHeaders(
  id: string,
  limits: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...ANY_ORIGIN, "X-Content-Type-Options": "nosniff", "X-Request-Id": id, ...limits };
}

/** Makes the response of an outcome or a refusal, and writes the request's line to the log. */
export function respond<C extends Caller>(
  { method, id, door, started, call }: Answered<C>,
  outcome: Outcome | Refusal,
): Response {
  const { name, dialect } = door;
  const now = call?.services.limiter.now() ?? Date.now();
  const headers: Record<string, string> = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    ...commonHeaders(id, dialect.limitHeaders(call?.quota.use ?? null, now)),
  };
  const log = (status: number, code?: string, cause?: unknown) =>
    logRequest({
      request_id: id,
      function: name,
      method,
      status,
      code,
      workspace_id: call?.knownCaller?.workspaceId,
      key_id: call?.knownCaller?.actor.id,
      ms: milliseconds(performance.now() - started),
      db_ms: milliseconds(call?.quota.databaseMs ?? 0),
    }, cause);
  if (outcome instanceof Refusal) {
    const { status, code, body } = dialect.refuse(outcome, id);
    log(status, code, outcome.cause);
    return new Response(body, { status, headers: { ...headers, ...factHeaders(outcome, now) } });
  }
  const { status, body, replayed, contentType, unlogged } = outcome;
  if (!unlogged) log(status);
  if (body === null) delete headers["Content-Type"];
  if (replayed) headers["Idempotency-Replayed"] = "true";
  if (contentType) headers["Content-Type"] = contentType;
  return new Response(body, { status, headers: { ...headers, ...outcome.headers } });
}

// A limit of the day ends at midnight UTC; one of requests tells its own wait.
function factHeaders({ kind, facts }: Refusal, now: number): Record<string, string> {
  const { retry_after, challenge, allowed } = facts;
  const wait = retry_after ?? (kind === "limited" ? secondsToMidnight(now) : undefined);
  return {
    ...(wait === undefined ? {} : { "Retry-After": String(wait) }),
    ...(challenge === undefined ? {} : { "WWW-Authenticate": challenge }),
    ...(allowed === undefined ? {} : { Allow: [...allowed, "OPTIONS"].join(", ") }),
  };
}

/** The refusal of a method that a path does not support. */
export function methodNotAllowed(method: string, allowed: readonly string[]): Refusal {
  const methods = [...allowed, "OPTIONS"].join(", ");
  return new Refusal("method_not_allowed", `${method} is not supported here; use ${methods}.`, {
    allowed,
  });
}

function milliseconds(duration: number): number {
  return Math.round(duration * 10) / 10;
}
