import { performance } from "node:perf_hooks";
import { Refusal } from "../refusals/refusal.ts";
import type { Call, Outcome } from "./call.ts";
import type { Caller } from "./caller.ts";
import { ANY_ORIGIN } from "./cors.ts";
import type { Dialect } from "./dialect.ts";
import { logRequest } from "./log.ts";
import { loggedPath } from "./logged-path.ts";
import type { LoggedRequest } from "./request-log.ts";
import { secondsToMidnight } from "./seconds.ts";

const METHOD = /^[A-Z]{1,10}$/;

/** A deployed function, as its requests see it. */
export interface Door<C extends Caller = Caller> {
  name: string;
  dialect: Dialect<C>;
}

/** A request that has been answered. */
export interface Answered<C extends Caller = Caller> {
  request: Request;
  id: string;
  door: Door<C>;
  /** When it came, by `performance.now()`. */
  started: number;
  /** The path as it was declared; null for an unknown one. */
  path: string | null;
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
  answered: Answered<C>,
  outcome: Outcome | Refusal,
): Response {
  const { request: { method }, id, door, started, call } = answered;
  const { name, dialect } = door;
  const now = call?.services.limiter.now() ?? Date.now();
  const headers: Record<string, string> = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    ...commonHeaders(id, dialect.limitHeaders(call?.quota.use ?? null, now)),
  };
  const log = (status: number, code?: string, cause?: unknown) => {
    const ms = milliseconds(performance.now() - started);
    logForWorkspace(answered, { status, error_code: code, ms });
    logRequest({
      request_id: id,
      function: name,
      method,
      status,
      code,
      workspace_id: call?.knownCaller?.workspaceId,
      key_id: call?.knownCaller?.actor.id,
      ms,
      db_ms: milliseconds(call?.quota.databaseMs ?? 0),
    }, cause);
  };
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

// What it is told of its requests; those that came from nobody known are in the process's log alone.
function logForWorkspace<C extends Caller>(
  { request: { method, url }, id, door, started, path, call }: Answered<C>,
  came: Pick<LoggedRequest, "status" | "error_code" | "ms">,
): void {
  const { requestLog } = call?.services ?? {};
  const caller = call?.knownCaller;
  if (!requestLog || !caller) return;
  requestLog.add({
    workspace_id: caller.workspaceId,
    began: started,
    api: door.dialect.name,
    method: METHOD.test(method) ? method : "OTHER",
    path: loggedPath(door.name, path, call.params, url),
    actor_kind: caller.actor.kind,
    actor_id: caller.actor.id,
    request_id: id,
    ...came,
  });
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
