import { beforeAll, expect, inject, test } from "vitest";
import { type TestWorkspace, testWorkspace } from "../support/workspace.ts";
import { tell } from "./form.ts";
import { type RawAnswer, requestOf, sendRaw } from "./raw-http.ts";

// A server may wait for the rest of a request for as long as its sender is there.
const PATIENCE_MS = 400;
const INGEST = "v1-public-contacts";
const JSON_TYPE = "Content-Type: application/json";
const BODY = JSON.stringify({ email: "raw@example.com" });
const url = inject("gatewayUrl");
let workspace: TestWorkspace;
let key: string;
let tried = 0;

beforeAll(async () => {
  workspace = await testWorkspace();
  key = `Authorization: Bearer ${workspace.api.key}`;
});

/** Expects no server error, no hang and nothing of what was sent as a header of its own. */
function expectSafe({ statuses, text }: RawAnswer): void {
  tried++;
  expect(statuses.filter((status) => status >= 500), text).toEqual([]);
  const heads = text.split("\r\n\r\n").filter((part) => part.startsWith("HTTP/"));
  for (const head of heads) expect(head).not.toMatch(/^(x-evil|set-cookie|location)/im);
  expect(text).not.toMatch(/<script>|at file:|node_modules|ext:/);
}

const chunked = [JSON_TYPE, "Transfer-Encoding: chunked"];
const post = (headers: string[], body: string) => (auth: string) =>
  requestOf("POST", INGEST, [auth, ...headers], body);

test.each<[string, (auth: string) => string]>([
  ["nothing but line ends", () => "\r\n\r\n\r\n\r\n"],
  ["no HTTP", () => "HELLO\r\n\r\n"],
  ["bytes", () => "\x00\x01\x02\xff\xfe\r\n\r\n"],
  ["a TLS greeting", () => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"],
  ["another version", (auth) => requestOf("GET", INGEST, [auth]).replace("1.1", "9.9")],
  ["no version", () => "GET /functions/v1/v1-public-contacts\r\n\r\n"],
  ["no path", () => "GET  HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["no host", (auth) => requestOf("GET", INGEST, [auth]).replace("Host: localhost\r\n", "")],
  ["two hosts", (auth) => requestOf("GET", INGEST, [auth, "Host: evil.example"])],
  [
    "a host of nonsense",
    (auth) => requestOf("GET", INGEST, [auth]).replace("localhost", "<a>@@:x"),
  ],
  [
    "a path of nonsense",
    () => "GET /functions/v1/\xff\xfe%zz%00<script> HTTP/1.1\r\nHost: x\r\n\r\n",
  ],
  ["a path that climbs", () => "GET /functions/v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a path of 100 KB", () => `GET /${"a".repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ["an absolute path", () => "GET http://evil.example/functions/v1/x HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a star", () => "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["CONNECT", () => "CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["TRACE", (auth) => requestOf("TRACE", INGEST, [auth])],
  ["a method of nonsense", (auth) => requestOf("G<E>T", INGEST, [auth])],
  ["a long method", (auth) => requestOf("A".repeat(5_000), INGEST, [auth])],
  ["a header without a colon", (auth) => requestOf("GET", INGEST, [auth, "nonsense"])],
  ["a header name of nonsense", (auth) => requestOf("GET", INGEST, [auth, "a b<c>: d"])],
  ["a folded header", (auth) => requestOf("GET", INGEST, [auth, "X-A: b\r\n c"])],
  ["a header with NUL", (auth) => requestOf("GET", INGEST, [auth, "X-A: b\0c"])],
  ["a header of 1 MB", (auth) => requestOf("GET", INGEST, [auth, `X-A: ${"a".repeat(1 << 20)}`])],
  [
    "5,000 headers",
    (auth) =>
      requestOf("GET", INGEST, [auth, ...Array.from({ length: 5_000 }, (_, i) => `X-${i}: a`)]),
  ],
  [
    "a request id that is a header",
    (auth) => requestOf("GET", INGEST, [auth, "X-Request-Id: a\rX-Evil: 1"]),
  ],
  [
    "a request id of Latin-1",
    (auth) => requestOf("GET", INGEST, [auth, "X-Request-Id: \xe9<script>"]),
  ],
  ["an origin of nonsense", (auth) => requestOf("GET", INGEST, [auth, "Origin: <script>\xe9"])],
  ["two keys", (auth) => requestOf("GET", INGEST, [auth, auth])],
  ["two different lengths", post([JSON_TYPE, "Content-Length: 5", "Content-Length: 30"], BODY)],
  [
    "two equal lengths",
    post([JSON_TYPE, ...Array(2).fill(`Content-Length: ${BODY.length}`)], BODY),
  ],
  ["a negative length", post([JSON_TYPE, "Content-Length: -1"], BODY)],
  ["a length of words", post([JSON_TYPE, "Content-Length: many"], BODY)],
  ["an endless length", post([JSON_TYPE, `Content-Length: ${"9".repeat(40)}`], BODY)],
  ["a length and chunks", post([...chunked, "Content-Length: 5"], `0\r\n\r\n`)],
  ["chunks of no number", post(chunked, "zz\r\nabc\r\n0\r\n\r\n")],
  ["chunks too long", post(chunked, "5\r\nabcdefghij\r\n0\r\n\r\n")],
  ["a chunk of all memory", post(chunked, "ffffffffffffffff\r\nabc\r\n")],
  ["chunks twice over", post([JSON_TYPE, "Transfer-Encoding: chunked, chunked"], "0\r\n\r\n")],
  ["another encoding", post([JSON_TYPE, "Transfer-Encoding: evil"], "0\r\n\r\n")],
  ["gzip that is none", post([JSON_TYPE, "Content-Encoding: gzip", "Content-Length: 4"], "abcd")],
  ["a content type of nonsense", post(["Content-Type: \xff;;;=", "Content-Length: 2"], "{}")],
  [
    "a second request behind the first",
    (auth) => post([JSON_TYPE, "Content-Length: 2"], "{}")(auth) + requestOf("GET", INGEST, [auth]),
  ],
])("%s gives no server error and no hang", async (_, bytes) => {
  expectSafe(await sendRaw(url, bytes(key), PATIENCE_MS));
  const { status } = await workspace.api.get("v1-public-contacts-crud");
  expect(status).toBe(200);
});

test("chunks without end are cut short, whatever length is given besides", async () => {
  const lying = post([JSON_TYPE, "Content-Length: 5", "Transfer-Encoding: chunked"], "fffff\r\n");
  const answer = await sendRaw(url, lying(key) + "x".repeat(60 * 1024));
  expect(answer.statuses).toEqual([413]);
  expectSafe(answer);
});

test("bodies cut at every place of a request, in chunks or not, make no record", async () => {
  const { api } = await testWorkspace();
  const auth = `Authorization: Bearer ${api.key}`;
  const whole = post([JSON_TYPE, `Content-Length: ${BODY.length}`], BODY)(auth);
  const inChunks = post(chunked, `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`)(auth);
  for (const request of [whole, inChunks]) {
    const head = request.indexOf("\r\n\r\n");
    const last = request === whole ? request.length : request.length - 5;
    for (let cut = 1; cut < last; cut += cut < head ? 23 : 3) {
      expectSafe(await sendRaw(url, request.slice(0, cut), 0));
    }
  }
  const { body } = await api.get("v1-public-contacts-crud");
  expect(body.data.pagination.total).toBe(0);
  expectSafe(await sendRaw(url, whole));
  expect((await api.get("v1-public-contacts-crud")).body.data.pagination.total).toBe(1);
  tell("malformed HTTP", { connections: tried, "answers of 5xx": 0, hangs: 0 });
});
