import { performance } from "node:perf_hooks";
import { refusalOf } from "../refusals/known.ts";
import { Refusal } from "../refusals/refusal.ts";
import { fits, readBytes, readText, requireLength, requireType } from "./body.ts";
import { Call, type Outcome } from "./call.ts";
import { delayRefusal } from "./delay-refusal.ts";
import type { Caller } from "./caller.ts";
import type { Dialect } from "./dialect.ts";
import { drain } from "./drain.ts";
import { type Operation, publicRoute, type RouteScope, RouteSecret } from "./operation.ts";
import { requestId } from "./request-id.ts";
import { requireSecret } from "./require-secret.ts";
import { type Door, methodNotAllowed, respond } from "./respond.ts";
import { services } from "./services.ts";
import { wakeWorker } from "./wake-worker.ts";

/** What an endpoint does for one HTTP method of a path. */
export interface Route<C extends Caller = Caller> {
  access: RouteScope | RouteSecret | typeof publicRoute;
  operation: Operation<C>;
}

/** The routes of the path of a request by HTTP method, none for an unknown path. */
export interface Matched<C extends Caller = Caller> {
  /** The path as it was declared; null for an unknown one. */
  path: string | null;
  routes: ReadonlyMap<string, Route<C>>;
  params: Readonly<Record<string, string>>;
}

const BEFORE_THE_LIMIT = new Set<Refusal["kind"]>([
  "unauthenticated",
  "forbidden",
  "method_not_allowed",
  "too_large",
  "unsupported_type",
  "unavailable",
]);

/** A request under way, with what answers it once that is known. */
interface Served<C extends Caller> {
  call: Call<C>;
  operation?: Operation<C>;
}

/** Answers a request from first to last: checks, operation, answer, headers, log. */
export async function serve<C extends Caller>(
  request: Request,
  door: Door<C>,
  matched: Matched<C>,
): Promise<Response> {
  const started = performance.now();
  const id = requestId(request);
  let served: Served<C> | null = null;
  let outcome: Outcome | Refusal;
  try {
    const call = new Call<C>(request, id, services(), matched.params);
    call.finish = (answer) => door.dialect.finish?.(answer, call) ?? answer;
    served = { call };
    outcome = await run(served, door, matched);
  } catch (error) {
    outcome = refusalOf(error);
    if (served !== null) outcome = await countFailed(served, door.dialect, outcome);
    await drain(request);
    if (outcome.kind === "limited") await delayRefusal(request.signal);
  }
  return respond(
    { request, id, door, started, path: matched.path, call: served?.call ?? null },
    outcome,
  );
}

async function run<C extends Caller>(
  served: Served<C>,
  { name, dialect }: Door<C>,
  { routes }: Matched<C>,
): Promise<Outcome> {
  const { call } = served;
  const { access, operation: declared } = routeOf(call.request, name, routes);
  const operation = declared.instead?.(call) ?? declared;
  served.operation = operation;
  if (access instanceof RouteSecret) requireSecret(call.request, access);
  if (access === publicRoute || access instanceof RouteSecret) {
    await readRequest(call, operation);
    const outcome = call.finish(await operation.run(call));
    if (access === publicRoute) wakeAfter(call, operation, outcome);
    return outcome;
  }
  const letIn = async () => {
    if (call.knownCaller === null) await identify(served, dialect);
    dialect.authorize(call.caller, access.needed, call);
  };
  try {
    await readRequest(call, operation, letIn);
  } catch (error) {
    call.isUnread = true;
    if (dialect.accessFirst) await letIn();
    throw error;
  }
  await letIn();
  if (operation.kind === "write") await dialect.prepareWrite?.();
  if (!call.quota.ridesAlong) await call.quota.count();
  const outcome = call.finish(await operation.run(call));
  wakeAfter(call, operation, outcome);
  if (!call.quota.isCounted) await call.quota.count();
  return outcome;
}

// What was written may have made jobs.
function wakeAfter<C extends Caller>(
  call: Call<C>,
  { kind }: Operation<C>,
  { status }: Outcome,
): void {
  if (kind === "write" && status < 400) wakeWorker(call.services.publicUrl);
}

async function identify<C extends Caller>(
  { call, operation }: Served<C>,
  dialect: Dialect<C>,
): Promise<void> {
  const caller = await (operation?.identify ?? dialect.identify)(call);
  call.caller = caller;
  call.quota.limits = dialect.limits(caller);
}

// The body of a request that will be refused for its number is not worth reading.
async function readRequest<C extends Caller>(
  call: Call<C>,
  { body }: Operation<C>,
  letIn?: () => Promise<void>,
): Promise<void> {
  const { request, services: { limiter } } = call;
  if (body === undefined) return;
  requireType(request, body);
  if (letIn && limiter.refusesAny() && fits(request, body.limit) && await succeeds(letIn)) {
    call.quota.refuseKnown();
  }
  if (body.coming) return requireLength(request, body.limit);
  if (body.binary) call.bytes = await readBytes(request, body.limit);
  else call.text = await readText(request, body.limit);
}

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function routeOf<C extends Caller>(
  { method }: Request,
  name: string,
  routes: ReadonlyMap<string, Route<C>>,
): Route<C> {
  if (routes.size === 0) {
    throw new Refusal("not_found", `No such path; this function answers at /functions/v1/${name}.`);
  }
  const route = routes.get(method === "HEAD" ? "GET" : method);
  if (route !== undefined) return route;
  throw methodNotAllowed(method, [...routes.keys()]);
}

// Every request with a valid key counts once, also one refused before its turn. Being over the
// limit comes before what is wrong with the request itself.
async function countFailed<C extends Caller>(
  served: Served<C>,
  dialect: Dialect<C>,
  refusal: Refusal,
): Promise<Refusal> {
  const { call } = served;
  if (call.quota.isCounted || refusal.kind === "unavailable") return refusal;
  try {
    if (call.knownCaller === null) await identify(served, dialect);
    await call.quota.count();
  } catch (error) {
    const isFirst = call.quota.isExceeded && !BEFORE_THE_LIMIT.has(refusal.kind);
    return isFirst ? refusalOf(error) : refusal;
  }
  return refusal;
}
