// Runs under Deno: serves the default export of every functions/NAME/index.ts at
// /functions/v1/NAME, and shows it the path /NAME, as the hosted runtime does.
// Usage: deno run … gateway.ts PORT [jobs]: with jobs, it also has the worker run those that are due.

import { settleServices } from "../../shared/http/services.ts";
import { frontPage } from "./front-page.ts";
import { tickWorker } from "./worker-ticks.ts";

const PREFIX = "/functions/v1/";
// What no URL parser would write otherwise.
const PLAIN = /^(\/[\w/-]*)(\?[\w=&%+.*-]*)?$/;
const PATIENCE_MS = 5_000;
const functionsFolder = new URL("../../functions/", import.meta.url);

interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/** Each function's app, or null when it could not be loaded; one that fails leaves the others. */
const functions = new Map<string, Promise<App | null>>();

addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  console.error("A function left a rejected promise unhandled:", event.reason);
});
addEventListener("error", (event) => {
  event.preventDefault();
  console.error("A function threw outside a request:", event.error);
});

// Lines are written together: a write for each would cost more than many an answer.
const lines: string[] = [];
const encoder = new TextEncoder();
console.log = (line: string) => {
  if (lines.push(line) === 1) setTimeout(writeLines, 25);
};

let publicUrl = Deno.env.get("LUMENBASE_PUBLIC_URL") ?? "";

const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.args[0]),
  onListen: ({ port }) => console.log(`Gateway listening on ${port}`),
  onError: internalError,
}, answer);

// Functions read where they are served when they are loaded, which is known from here on.
if (publicUrl === "") {
  publicUrl = `http://127.0.0.1:${server.addr.port}${PREFIX.slice(0, -1)}`;
  Deno.env.set("LUMENBASE_PUBLIC_URL", publicUrl);
}
for (const name of functionNames()) functions.set(name, load(name));

const stopTicks = new AbortController();
const ticks = Deno.args[1] === "jobs" ? runJobs() : Promise.resolve();

for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);

let stopping = false;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  stopTicks.abort();
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await Promise.race([Promise.all([server.shutdown(), ticks]).then(settleServices), patience]);
  writeLines();
  Deno.exit(0);
}

function writeLines(): void {
  const bytes = encoder.encode(lines.splice(0).map((line) => `${line}\n`).join(""));
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

async function runJobs(): Promise<void> {
  const worker = await functions.get("worker");
  const secret = Deno.env.get("LUMENBASE_WORKER_SECRET");
  if (worker && secret) await tickWorker(worker, secret, stopTicks.signal);
}

function functionNames(): string[] {
  const entries = [...Deno.readDirSync(functionsFolder)];
  return entries.filter(({ isDirectory, name }) => isDirectory && hasIndex(name))
    .map(({ name }) => name).sort();
}

function hasIndex(name: string): boolean {
  try {
    return Deno.statSync(new URL(`${name}/index.ts`, functionsFolder)).isFile;
  } catch {
    return false;
  }
}

async function load(name: string): Promise<App | null> {
  try {
    const { default: app } = await import(new URL(`${name}/index.ts`, functionsFolder).href);
    if (typeof app?.fetch === "function") return app as App;
    throw new TypeError("its default export has no fetch method");
  } catch (error) {
    console.error(`functions/${name}/index.ts could not be loaded:`, error);
    return null;
  }
}

async function answer(request: Request, info: Deno.ServeHandlerInfo): Promise<Response> {
  const { pathname, search } = requestedPath(request);
  const front = frontPage(request, pathname, publicUrl);
  if (front) return front;
  const rest = pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : "";
  const name = rest.split("/", 1)[0] ?? "";
  const app = await functions.get(name);
  if (app === undefined) return failure(404, "NOT_FOUND", unknownFunction());
  if (app === null) return failure(500, "INTERNAL_ERROR", `The function ${name} does not load.`);
  const { hostname } = info.remoteAddr as Deno.NetAddr;
  return await app.fetch(forward(request, `http://localhost/${rest}${search}`, hostname));
}

/** Taken from the request line alone: a Host header, which may hold anything, is cut off first. */
function requestedPath(request: Request): { pathname: string; search: string } {
  const origin = `http://${request.headers.get("host") ?? ""}`;
  const target = request.url.startsWith(origin)
    ? request.url.slice(origin.length)
    : request.url.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  const [, pathname, search = ""] = PLAIN.exec(target) ?? [];
  if (pathname !== undefined) return { pathname, search };
  const url = URL.canParse(`http://localhost${target}`) ? `http://localhost${target}` : null;
  return url ? new URL(url) : { pathname: "/", search: "" };
}

/**
 * The request as its function is to see it: at another address, and from this peer. A new Request
 * would cost as much as all checks of an answer, and lose sight of a client that goes away.
 */
function forward(request: Request, url: string, peer: string): Request {
  const headers = withPeer(request.headers, peer);
  return new Proxy(request, {
    get(original, name) {
      if (name === "url") return url;
      if (name === "headers") return headers;
      return bound(original, name);
    },
  });
}

/** These headers with the peer's address added, which few functions ask for: copied only for them. */
function withPeer(headers: Headers, peer: string): Headers {
  let all: Headers | undefined;
  const copy = () => {
    all = new Headers(headers);
    all.append("x-forwarded-for", peer);
    return all;
  };
  const get = (name: string) =>
    /^x-forwarded-for$/i.test(name) ? (all ?? copy()).get(name) : headers.get(name);
  return new Proxy(headers, {
    get: (_, name) => name === "get" ? get : bound(all ?? copy(), name),
  });
}

function bound(object: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(object, name);
  return typeof value === "function" ? value.bind(object) : value;
}

function unknownFunction(): string {
  const paths = [...functions.keys()].map((name) => PREFIX + name);
  return `No function is served at this path. There are: ${paths.join(", ") || "none"}.`;
}

function internalError(error: unknown): Response {
  console.error("A function failed outside its own error handling:", error);
  return failure(500, "INTERNAL_ERROR", "An unexpected error occurred.");
}

function failure(status: number, code: string, message: string): Response {
  const requestId = crypto.randomUUID();
  const meta = { request_id: requestId, api_version: "1", timestamp: new Date().toISOString() };
  return Response.json({ success: false, error: { code, message }, meta }, {
    status,
    headers: { "x-request-id": requestId },
  });
}
