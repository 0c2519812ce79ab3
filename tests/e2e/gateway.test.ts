import { mkdir, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyProject, type RunningStack, startStack } from "../support/stack.ts";

// Tells what it was asked; /echo gives the body back as it arrives, /slow waits for the body's end,
// /gone for its client to go away.
const PROBE = `
  const seen = ({ method, url, headers }) => (
    { method, url, headers: Object.fromEntries(headers), from: headers.get("X-Forwarded-For") }
  );
  const fetch = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/throw")) throw new Error("on purpose");
    if (pathname.endsWith("/reject")) Promise.reject(new Error("left alone"));
    if (pathname.endsWith("/echo")) return new Response(request.body);
    if (pathname.endsWith("/slow")) return new Response(await request.text());
    if (pathname.endsWith("/gone")) {
      console.error("a client waits");
      await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      console.error("the client is gone");
    }
    return Response.json(seen(request));
  };
  export default { fetch };`;

let project: string;
let stack: RunningStack;
let port: number;

beforeAll(async () => {
  project = await copyProject();
  for (const [name, source] of [["probe", PROBE], ["broken", 'import "./missing.ts";']] as const) {
    await mkdir(join(project, "functions", name));
    await writeFile(join(project, "functions", name, "index.ts"), source);
  }
  stack = await startStack({ cwd: project });
  port = Number(new URL(stack.baseUrl).port);
});

afterAll(async () => {
  await stack.stop();
  await rm(project, { recursive: true });
});

/** Sends a request line and headers exactly as given, and returns the raw answer. */
function raw(lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write([...lines, "Connection: close", "", ""].join("\r\n"), "latin1");
    });
    let answer = "";
    socket.setEncoding("latin1").on("data", (text: string) => answer += text);
    socket.on("end", () => resolve(answer)).on("error", reject);
  });
}

const seenBy = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));

test("a function sees its own name as the start of the path, and nothing of the Host header", async () => {
  for (const host of ["evil.example", "a b/functions/v1/other", ""]) {
    const lines = ["GET /functions/v1/probe/a%2Fb/%zz?x=%ff&y HTTP/1.1", `Host: ${host}`];
    expect(seenBy(await raw(lines)).url).toBe("http://localhost/probe/a%2Fb/%zz?x=%ff&y");
  }
});

test("the real peer is the right-most entry of X-Forwarded-For", async () => {
  const headers = { "x-forwarded-for": "203.0.113.9" };
  const answer = await fetch(`${stack.baseUrl}/probe`, { headers });
  const seen = await answer.json() as { headers: Record<string, string>; from: string };
  expect(seen.headers["x-forwarded-for"]).toBe("203.0.113.9, 127.0.0.1");
  expect(seen.from).toBe("203.0.113.9, 127.0.0.1");
});

test.each(["/", "/functions/v1", "/functions/v1/"])(
  "%s says what is served, in HTML to browsers and in JSON to programs",
  async (path) => {
    const url = new URL(path, stack.baseUrl);
    const { apis } = await (await fetch(url)).json() as { apis: Record<string, string>[] };
    expect(apis.map(({ name }) => name)).toEqual(["Lumenbase", "LeadHub", "CRM HTTP API", "LIO"]);
    const html = await fetch(url, { headers: { accept: "text/html,*/*;q=0.8" } });
    expect(html.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const page = await html.text();
    for (const { reference, contract } of apis) {
      expect(page).toContain(`href="${reference}"`);
      expect((await fetch(reference!)).headers.get("content-type")).toContain("text/html");
      expect(await (await fetch(contract!)).json()).toMatchObject({ openapi: expect.any(String) });
    }
    expect((await fetch(url, { method: "POST" })).status).toBe(404);
  },
);

test.each([
  "/functions/v1/none",
  "/v1-public-docs",
  "/functions/v1/__proto__",
])(
  "%s is a 404 that lists the functions",
  async (path) => {
    const answer = await fetch(new URL(path, stack.baseUrl));
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      success: false,
      error: { code: "NOT_FOUND", message: expect.stringContaining("/functions/v1/probe") },
      meta: {
        request_id: answer.headers.get("x-request-id"),
        api_version: "1",
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
  },
);

test("a function that does not load answers 500 and leaves the others alone", async () => {
  const answer = await fetch(`${stack.baseUrl}/broken`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ success: false, error: { code: "INTERNAL_ERROR" } });
  await expect.poll(() => stack.output())
    .toContain("functions/broken/index.ts could not be loaded");
  expect((await fetch(`${stack.baseUrl}/probe`)).status).toBe(200);
});

test("what a function throws, in or outside a request, does not end the gateway", async () => {
  expect((await fetch(`${stack.baseUrl}/probe/throw`)).status).toBe(500);
  expect((await fetch(`${stack.baseUrl}/probe/reject`)).status).toBe(200);
  await expect.poll(() => stack.output()).toContain("left alone");
  expect((await fetch(`${stack.baseUrl}/probe`)).status).toBe(200);
});

test.each([
  "GET http://evil.example/functions/v1/probe HTTP/1.1",
  "OPTIONS * HTTP/1.1",
  "GET //functions/v1/probe HTTP/1.1",
  "TRACE /functions/v1/probe HTTP/1.1",
  "GET /functions/v1/probe/\u00ff\u00fe HTTP/1.1",
  "NOT HTTP",
])("%j gets an answer, and the next request too", async (line) => {
  expect(await raw([line, "Host: localhost"])).toMatch(/^HTTP\/1\.1 (200|400|404|405) /);
  expect((await fetch(`${stack.baseUrl}/probe`)).status).toBe(200);
});

test("a compressed body arrives as it was sent", async () => {
  const body = gzipSync("compressed");
  const headers = { "content-encoding": "gzip" };
  const answer = await fetch(`${stack.baseUrl}/probe/echo`, { method: "POST", body, headers });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(body);
});

test("a body is passed on while it is being sent", async () => {
  const { hostname } = new URL(stack.baseUrl);
  const path = "/functions/v1/probe/echo";
  const sent = request({ hostname, port, path, method: "POST" });
  sent.write("first");
  const received = await new Promise<string>((resolve, reject) => {
    sent.on("error", reject).on("response", (answer) => {
      answer.setEncoding("utf8").once("data", (text: string) => {
        sent.end();
        resolve(text);
      });
    });
  });
  expect(received).toBe("first");
});

test("a function learns that its client has gone away", async () => {
  const leaving = new AbortController();
  const asked = fetch(`${stack.baseUrl}/probe/gone`, { signal: leaving.signal }).catch(() => null);
  await expect.poll(() => stack.output()).toContain("a client waits");
  leaving.abort();
  expect(await asked).toBeNull();
  await expect.poll(() => stack.output()).toContain("the client is gone");
});

test("Ctrl-C lets a request in flight finish", async () => {
  const path = "/functions/v1/probe/slow";
  const sent = request({ hostname: "127.0.0.1", port, path, method: "POST" });
  const answered = new Promise<string>((resolve, reject) => {
    sent.on("error", reject).on("response", (answer) => {
      answer.setEncoding("utf8").once("data", resolve);
    });
  });
  await new Promise((resolve) => sent.write("almost ", resolve));
  await fetch(`${stack.baseUrl}/probe`);
  stack.kill("SIGINT");
  await stack.printed("Stopping");
  sent.end("done");
  expect(await answered).toBe("almost done");
  expect(await stack.exited).toBe(0);
});
