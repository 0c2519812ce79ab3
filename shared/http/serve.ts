import { performance } from "node:perf_hooks";
import { grants } from "../dialects/lumenbase/scopes.ts";
import { loadRegistries } from "../crm/values/registries.ts";
import { allowed } from "../limits/rate-limiter.ts";
import { admit, identify, requireScope } from "../dialects/lumenbase/admission.ts";
import { BATCH_LIMIT, fits, readBody, readBytes, requireDeliverable, requireJson } from "./body.ts";
import { Call, type Outcome } from "./call.ts";
import { connectorReference } from "../dialects/lumenbase/connectors/reference.ts";
import { drain } from "./drain.ts";
import { ApiError } from "../dialects/lumenbase/errors.ts";
import { delayRefusal } from "./delay-refusal.ts";
import { toApiError, waitForDay } from "../dialects/lumenbase/known-errors.ts";
import { logRequest } from "./log.ts";
import type { Operation, RouteScope } from "./operation.ts";
import { rateHeaders } from "./rate-headers.ts";
import { requestId } from "./request-id.ts";
import { errorResponse, jsonHeaders, methodNotAllowed } from "./respond.ts";
import { services } from "./services.ts";

/** What an endpoint does for one HTTP method. */
export interface Route {
  scope: RouteScope;
  operation: Operation;
}

/** The routes of one path, by HTTP method. */
export type Routes = ReadonlyMap<string, Route>;

const BEFORE_THE_LIMIT = new Set([401, 403, 405, 413, 415, 503]);

/** Answers a request from first to last: checks, operation, envelope, headers, log. */
export async function serve(
  request: Request,
  functionName: string,
  routes: Routes,
): Promise<Response> {
  const started = performance.now();
  const id = requestId(request);
  let call: Call | null = null;
  let outcome: Outcome | ApiError;
  try {
    call = new Call(request, id, services());
    outcome = await run(call, functionName, routes);
  } catch (error) {
    outcome = toApiError(error);
    if (call !== null) outcome = await countFailed(call, outcome);
    await drain(request);
    if (outcome.code === "RATE_LIMIT_EXCEEDED") await delayRefusal(request.signal);
  }
  logRequest({
    request_id: id,
    function: functionName,
    method: request.method,
    status: outcome.status,
    code: outcome instanceof ApiError ? outcome.code : undefined,
    workspace_id: call?.knownCaller?.workspaceId,
    key_id: call?.knownCaller?.keyId,
    ms: milliseconds(performance.now() - started),
    db_ms: milliseconds(call?.databaseMs ?? 0),
  }, outcome instanceof ApiError ? outcome.cause : undefined);
  const limits = call?.rateHeaders() ?? rateHeaders(null);
  if (call !== null && outcome instanceof ApiError) {
    Object.assign(limits, waitForDay(outcome, call.services.limiter.now()));
  }
  return respond(id, outcome, limits);
}

async function run(call: Call, functionName: string, routes: Routes): Promise<Outcome> {
  const { scope, operation } = routeOf(call.request, functionName, routes);
  await readRequest(call, scope, operation);
  call.caller = await admit(call);
  requireScope(call.caller, scope.needed);
  if (operation.kind === "write") await Promise.all([call.countRequest(), loadRegistries()]);
  const { throughConnector } = operation;
  return call.connector && throughConnector ? throughConnector(call) : await operation.run(call);
}

async function readRequest(
  call: Call,
  scope: RouteScope,
  { bodyLimit, throughConnector }: Operation,
): Promise<void> {
  const { request, query } = call;
  if (throughConnector) call.connector = connectorReference(request, query);
  if (bodyLimit === undefined) return;
  if (call.connector === null) {
    requireJson(request);
    await refuseUnread(call, scope, bodyLimit);
    call.text = await readBody(request, bodyLimit);
  } else {
    requireDeliverable(request);
    await refuseUnread(call, scope, BATCH_LIMIT);
    call.bytes = await readBytes(request, BATCH_LIMIT);
  }
}

// The body of a request that will be refused for its number is not worth reading.
async function refuseUnread(call: Call, { needed }: RouteScope, limit: number): Promise<void> {
  if (!call.services.limiter.refusesAny() || !fits(call.request, limit)) return;
  const found = await identify(call);
  if (typeof found === "string" || !grants(found.scopes, needed)) return;
  call.caller = found;
  call.refuseKnown();
}

function routeOf({ method }: Request, functionName: string, routes: Routes): Route {
  if (routes.size === 0) {
    throw new ApiError(
      "NOT_FOUND",
      `No such path; this function answers at /functions/v1/${functionName}.`,
    );
  }
  const route = routes.get(method === "HEAD" ? "GET" : method);
  if (route !== undefined) return route;
  throw methodNotAllowed(method, [...routes.keys()]);
}

// Every request with a valid key counts once, also one refused before its turn. Being over the
// limit comes before what is wrong with the request itself.
async function countFailed(call: Call, error: ApiError): Promise<ApiError> {
  if (call.window !== null || error.status === 503) return error;
  try {
    if (call.knownCaller === null) {
      const found = await identify(call);
      if (typeof found === "string") return error;
      call.caller = found;
    }
    await call.countRequest();
  } catch (refusal) {
    const overLimit = call.window !== null && !allowed(call.window);
    return overLimit && !BEFORE_THE_LIMIT.has(error.status) ? toApiError(refusal) : error;
  }
  return error;
}

function respond(
  id: string,
  outcome: Outcome | ApiError,
  limits: Record<string, string>,
): Response {
  if (outcome instanceof ApiError) return errorResponse(id, outcome, limits);
  const headers = jsonHeaders(id, limits);
  if (outcome.replayed) headers["Idempotency-Replayed"] = "true";
  if (outcome.contentType) headers["Content-Type"] = outcome.contentType;
  return new Response(outcome.body, { status: outcome.status, headers });
}

function milliseconds(duration: number): number {
  return Math.round(duration * 10) / 10;
}
