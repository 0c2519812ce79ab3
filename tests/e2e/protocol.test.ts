import { deflateSync, gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { eventually, testWorkspace } from "../support/workspace.ts";

const INGEST = "v1-public-contacts";
const JANE = JSON.stringify({ email: "jane@example.com", first_name: "Jane" });

function chunked(...parts: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      for (const part of parts) {
        controller.enqueue(typeof part === "string" ? encoder.encode(part) : part);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      controller.close();
    },
  });
}

test("OPTIONS lets any origin use every method and header", async () => {
  const response = await fetch(`${inject("gatewayUrl")}/functions/v1/${INGEST}`, {
    method: "OPTIONS",
    headers: {
      origin: "https://forms.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,x-idempotency-key",
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-methods")).toContain("PATCH");
  expect(response.headers.get("access-control-allow-headers")?.toLowerCase()).toContain(
    "x-idempotency-key",
  );
  expect(response.headers.get("x-request-id")).toBeTruthy();
  expect(response.headers.get("x-ratelimit-limit")).toBe("100");
});

test("HEAD answers as GET does, without a body", async () => {
  const { api } = await testWorkspace();
  const { status, headers, text } = await api.send("HEAD", "v1-public-contacts-crud", {});
  expect([status, text]).toEqual([200, ""]);
  expect(headers.get("content-type")).toContain("application/json");
});

test.each([
  ["gzip", () => gzipSync(JANE)],
  ["deflate", () => deflateSync(JANE)],
])("takes a %s body, whole or chunked", async (encoding, compress) => {
  const { api } = await testWorkspace();
  const headers = { "content-encoding": encoding };
  expect((await api.send("POST", INGEST, { raw: compress() as BodyInit, headers })).status).toBe(
    201,
  );
  const bytes = new Uint8Array(compress());
  const parts = chunked(bytes.slice(0, 7), bytes.slice(7));
  expect((await api.send("POST", INGEST, { raw: parts, headers })).status).toBe(200);
});

test("takes a chunked body, split within a character", async () => {
  const { api } = await testWorkspace();
  const bytes = new TextEncoder().encode(
    JSON.stringify({ email: "z@example.com", first_name: "Zoë 👩" }),
  );
  const middle = bytes.indexOf(0xf0) + 2;
  const { status, body } = await api.send("POST", INGEST, {
    raw: chunked(bytes.slice(0, middle), bytes.slice(middle)),
  });
  expect([status, body.data.first_name]).toEqual([201, "Zoë 👩"]);
});

test("refuses a body that unpacks to more than the limit, and one that is not what it says", async () => {
  const { api } = await testWorkspace();
  const send = (raw: BodyInit, encoding: string) =>
    api.send("POST", INGEST, { raw, headers: { "content-encoding": encoding } });
  expect((await send(gzipSync(Buffer.alloc(30_000_000)) as BodyInit, "gzip")).status).toBe(413);
  expect((await send(JANE, "gzip")).status).toBe(400);
  expect((await send(gzipSync(JANE).subarray(0, 20) as BodyInit, "gzip")).status).toBe(400);
  expect((await send(JANE, "br")).status).toBe(415);
  const endless = chunked(...Array(60).fill(new Uint8Array(1024).fill(32)));
  expect((await api.send("POST", INGEST, { raw: endless })).status).toBe(413);
});

test("answers paths that do not exist with 404 in the envelope", async () => {
  const { api } = await testWorkspace();
  for (
    const path of [
      "v1-public-nothing",
      `${INGEST}/more`,
      "v1-public-contacts-crud/../secret",
      "%ff",
    ]
  ) {
    const { status, body } = await api.get(path);
    expect([path, status, body.error.code]).toEqual([path, 404, "NOT_FOUND"]);
    expect(body.meta.api_version).toBe("1");
  }
  expect((await api.post(`${INGEST}/`, { email: "slash@example.com" })).status).toBe(201);
});

test("accepts JSON content types with parameters and suffixes", async () => {
  const { api } = await testWorkspace();
  for (
    const type of [
      "application/json; charset=utf-8",
      "APPLICATION/JSON",
      "application/vnd.form+json",
    ]
  ) {
    const response = await api.send("POST", INGEST, {
      raw: JANE,
      headers: { "content-type": type },
    });
    expect([type, response.status < 300]).toEqual([type, true]);
  }
});

test("logs one line a request, without keys or payloads", async () => {
  const { url, log } = await testGateway();
  const { api, id } = await testWorkspace({}, url);
  const secret = "do-not-log-me@example.com";
  await api.post(INGEST, { email: secret }, { "x-request-id": "logged-1" });
  await api.post(INGEST, { email: secret, phone: "do-not-log-me" }, { "x-request-id": "logged-2" });
  const lineOf = async (request: string) =>
    await eventually(() => Promise.resolve(log.find((entry) => entry.includes(request))));
  await lineOf("logged-2");
  const line = JSON.parse(await lineOf("logged-1"));
  expect(line).toEqual({
    time: expect.any(String),
    request_id: "logged-1",
    function: INGEST,
    method: "POST",
    status: 201,
    workspace_id: id,
    key_id: expect.any(String),
    ms: expect.any(Number),
    db_ms: expect.any(Number),
  });
  const all = log.join("\n");
  expect(all).not.toContain("do-not-log-me");
  expect(all).not.toContain(api.key);
});
