/** What a request id of a client looks like. */
export const REQUEST_ID = /^[\w.:-]{1,128}$/;

/**
 * The request's id: the client's `X-Request-Id` when it has 1 to 128 letters, digits or `._:-`, else
 * a new UUID.
 */
export function requestId(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
