import { ANY_ORIGIN } from "./cors.ts";
import { errorBody } from "../dialects/lumenbase/envelope.ts";
import { ApiError } from "../dialects/lumenbase/errors.ts";

/** The headers of every answer. */
export function commonHeaders(
  id: string,
  limits: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...ANY_ORIGIN, "X-Content-Type-Options": "nosniff", "X-Request-Id": id, ...limits };
}

/** The headers of every answer in JSON that is its caller's alone. */
export function jsonHeaders(
  id: string,
  limits: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    ...commonHeaders(id, limits),
  };
}

/** The answer to an error. */
export function errorResponse(
  id: string,
  error: ApiError,
  limits: Readonly<Record<string, string>>,
): Response {
  const headers = { ...jsonHeaders(id, limits), ...error.headers };
  return new Response(errorBody(id, error), { status: error.status, headers });
}

/** The error of a method that a path does not support. */
export function methodNotAllowed(method: string, allowed: readonly string[]): ApiError {
  const methods = [...allowed, "OPTIONS"].join(", ");
  return new ApiError("METHOD_NOT_ALLOWED", `${method} is not supported here; use ${methods}.`, {
    allowed,
  }, { Allow: methods });
}
