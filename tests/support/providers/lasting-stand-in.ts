import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { startStubServer } from "../start-stub-server.ts";

/** A request that a stand-in got. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What is answered: JSON, or text and bytes as they are. */
export interface Answered {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What happens instead of the usual, once: before the request is looked at, or after it was obeyed. */
export type Mishap =
  | Answered
  | { cut: "before" | "after" }
  | { after: Answered };

/** A local server that speaks for a service. */
export interface StandIn {
  url: string;
  seen: Seen[];
  /** For the next requests, one each; null is none. */
  mishaps: (Mishap | null)[];
}

/** Starts a stand-in that is there until it is stopped, and keeps nothing of what it saw. */
export async function lastingStandIn(
  answer: (request: Seen) => Answered | Promise<Answered>,
): Promise<StandIn & { stop(): Promise<void> }> {
  const service: StandIn = { url: "", seen: [], mishaps: [] };
  const { url, stop } = await startStubServer((request, response) => {
    void served(service, request, response, answer)
      .catch(() => request.socket.destroy())
      .finally(() => service.seen.splice(0));
  });
  return Object.assign(service, { url, stop });
}

/** Answers a request as a service that may have a mishap. */
export async function served(
  { seen, mishaps }: StandIn,
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Seen) => Answered | Promise<Answered>,
): Promise<void> {
  const one = await read(request).catch(() => null);
  // Whoever asked has gone before the end of the question.
  if (one === null) return;
  seen.push(one);
  const mishap = mishaps.shift() ?? undefined;
  if (mishap !== undefined && "status" in mishap) return write(response, mishap);
  if (mishap !== undefined && "cut" in mishap && mishap.cut === "before") {
    request.socket.destroy();
    return;
  }
  const usual = await answer(one);
  if (mishap === undefined) return write(response, usual);
  if ("after" in mishap) return write(response, mishap.after);
  request.socket.destroy();
}

async function read(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname, searchParams } = new URL(request.url ?? "", "http://stand-in");
  return {
    method: request.method ?? "",
    path: pathname,
    query: searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function write(response: ServerResponse, { status, body, headers = {} }: Answered): void {
  const isBytes = body instanceof Uint8Array;
  const type = isBytes
    ? "application/octet-stream"
    : typeof body === "string"
    ? "text/plain"
    : "application/json; charset=utf-8";
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": type }),
    ...headers,
  });
  const isRaw = isBytes || typeof body === "string" || body === undefined;
  response.end(isRaw ? body : JSON.stringify(body));
}
