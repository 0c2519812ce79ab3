import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { refusalOf } from "../refusals/known.ts";
import type { Refusal } from "../refusals/refusal.ts";
import type { Outcome } from "./call.ts";
import type { Caller } from "./caller.ts";
import { requestId } from "./request-id.ts";
import { type Door, methodNotAllowed, respond } from "./respond.ts";

/** What a public route answers: the same text for everybody, made once by each process. */
export interface PublicDocument {
  /** Its operation's id, for the contract. */
  id: string;
  /** What it is, for the contract. */
  summary: string;
  contentType: string;
  headers?: Readonly<Record<string, string>>;
  text(): string | Promise<string>;
}

/** How long anybody may keep a document before asking whether it changed. */
export const PUBLIC_CACHE = "public, max-age=300";

/** Serves a document to anybody: GET with ETag, 304 when the client has it, 405 otherwise. */
export function documentServer<C extends Caller>(
  door: Door<C>,
  document: PublicDocument,
): (request: Request) => Promise<Response> {
  let made: Promise<Made> | undefined;
  return async (request) => {
    const started = performance.now();
    const { method } = request;
    let outcome: Outcome | Refusal;
    try {
      if (!["GET", "HEAD"].includes(method)) throw methodNotAllowed(method, ["GET"]);
      made ??= make(document).catch((reason) => {
        made = undefined;
        throw reason;
      });
      outcome = answer(request, document, await made);
    } catch (error) {
      outcome = refusalOf(error);
    }
    const id = requestId(request);
    return respond({ request, id, door, started, path: null, call: null }, outcome);
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

function answer(request: Request, document: PublicDocument, made: Made): Outcome {
  const known = request.headers.get("if-none-match")?.split(",")
    .map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  const headers = { ...document.headers, "Cache-Control": PUBLIC_CACHE, "ETag": made.etag };
  if (known.includes(made.etag) || known.includes("*")) return { status: 304, body: null, headers };
  return { status: 200, body: made.text, contentType: document.contentType, headers };
}
