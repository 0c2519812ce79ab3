import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { ApiError } from "../dialects/lumenbase/errors.ts";
import { toApiError } from "../dialects/lumenbase/known-errors.ts";
import { logRequest } from "./log.ts";
import { rateHeaders } from "./rate-headers.ts";
import { requestId } from "./request-id.ts";
import { commonHeaders, errorResponse, methodNotAllowed } from "./respond.ts";

/** What a public route answers: the same text for everybody, made once by each process. */
export interface PublicDocument {
  /** What it is, for the contract. */
  summary: string;
  contentType: string;
  headers?: Readonly<Record<string, string>>;
  text(): string | Promise<string>;
}

/** How long anybody may keep a document before asking whether it changed. */
export const PUBLIC_CACHE = "public, max-age=300";

/** Serves a document to anybody: GET with ETag, 304 when the client has it, 405 otherwise. */
export function documentServer(
  functionName: string,
  document: PublicDocument,
): (request: Request) => Promise<Response> {
  let made: Promise<Made> | undefined;
  return async (request) => {
    const started = performance.now();
    const id = requestId(request);
    const { method } = request;
    let response: Response;
    let error: ApiError | undefined;
    try {
      if (!["GET", "HEAD"].includes(method)) throw methodNotAllowed(method, ["GET"]);
      made ??= make(document).catch((reason) => {
        made = undefined;
        throw reason;
      });
      response = answer(request, id, document, await made);
    } catch (reason) {
      error = toApiError(reason);
      response = errorResponse(id, error, rateHeaders(null));
    }
    logRequest({
      request_id: id,
      function: functionName,
      method,
      status: response.status,
      code: error?.code,
      ms: Math.round((performance.now() - started) * 10) / 10,
      db_ms: 0,
    }, error?.cause);
    return response;
  };
}

interface Made {
  text: string;
  etag: string;
}

async function make(document: PublicDocument): Promise<Made> {
  const text = await document.text();
  return { text, etag: `"${createHash("sha256").update(text).digest("base64url")}"` };
}

function answer(request: Request, id: string, document: PublicDocument, made: Made): Response {
  const known = request.headers.get("if-none-match")?.split(",")
    .map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  const headers = {
    ...commonHeaders(id, rateHeaders(null)),
    ...document.headers,
    "Cache-Control": PUBLIC_CACHE,
    "ETag": made.etag,
  };
  if (known.includes(made.etag) || known.includes("*")) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(made.text, {
    status: 200,
    headers: { ...headers, "Content-Type": document.contentType },
  });
}
