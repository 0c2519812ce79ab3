import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { jsonBody, readText, requireType } from "../../shared/http/body.ts";
import { BATCH_LIMIT, SINGLE_LIMIT } from "../../shared/http/body.ts";
import { Refusal } from "../../shared/refusals/refusal.ts";

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream;

const LIMIT = 1024;
const GZIP = { "content-encoding": "gzip" };
const TOO_LARGE = { kind: "too_large", facts: { max_bytes: LIMIT } };
const NOT_TEXT = { kind: "invalid", facts: { fields: [{ field: "body" }] } };

function request(body: Body | null, headers: Record<string, string>): Request {
  const streaming = { duplex: "half" };
  return new Request("http://localhost/", { method: "POST", body, headers, ...streaming });
}

function read(body: Body | null, headers: Record<string, string> = {}): Promise<string> {
  return readText(request(body, headers), LIMIT);
}

function bytes(...values: number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values);
}

/** A body sent in these pieces, without a Content-Length. */
function chunked(...pieces: (string | Uint8Array)[]): ReadableStream {
  const left = pieces.map((piece) => Buffer.from(piece));
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(new Uint8Array(next));
    },
  });
}

/** Zeros without end. */
function endless(): ReadableStream {
  const zeros = new Uint8Array(65_536);
  return new ReadableStream({ pull: (controller) => controller.enqueue(zeros) });
}

function gzip(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(content));
}

function changed(data: Uint8Array<ArrayBuffer>, index: number): Uint8Array<ArrayBuffer> {
  return data.with(index, data.at(index)! ^ 1);
}

describe("a body of JSON", () => {
  function refusal(headers: Record<string, string>): string | null {
    try {
      requireType(request(bytes(1), headers), jsonBody(LIMIT));
      return null;
    } catch (error) {
      if (error instanceof Refusal && error.kind === "unsupported_type") return error.message;
      throw error;
    }
  }

  test.each([
    "application/json",
    "Application/JSON",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "application/vnd.api+json",
    "application/merge-patch+json; charset=utf-8",
  ])("takes %s", (type) => {
    expect(refusal({ "content-type": type })).toBeNull();
  });

  test.each([
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=json",
    "application/jsonp",
    "application/json5",
    "application/+json",
    "application/ld+json+x",
    "application/json, text/plain",
    "*/*",
    "json",
  ])("refuses %s by name", (type) => {
    const named = type.split(";")[0] ?? "";
    expect(refusal({ "content-type": type })).toContain(`"${named}"`);
  });

  test.each([[{}], [{ "content-type": "" }], [{ "content-type": "; charset=utf-8" }]])(
    "refuses no type at all: %o",
    (headers) => {
      expect(refusal(headers)).toContain("missing");
    },
  );

  test.each(["gzip", "GZIP", " x-gzip ", "deflate", "identity", ""])(
    "takes the encoding %o",
    (encoding) => {
      const headers = { "content-type": "application/json", "content-encoding": encoding };
      expect(refusal(headers)).toBeNull();
    },
  );

  test.each(["br", "zstd", "compress", "gzip, gzip", "identity, gzip", "constructor", "__proto__"])(
    "refuses the encoding %o by name",
    (encoding) => {
      const headers = { "content-type": "application/json", "content-encoding": encoding };
      expect(refusal(headers) ?? "taken").toContain(`"${encoding}"`);
    },
  );
});

describe("readBody", () => {
  test.each<[string, Body | null, Record<string, string>, string]>([
    ["no body", null, {}, ""],
    ["exactly the limit", "x".repeat(LIMIT), {}, "x".repeat(LIMIT)],
    [
      "exactly the limit, chunked",
      chunked("x".repeat(1000), "y".repeat(24)),
      {},
      "x".repeat(1000) + "y".repeat(24),
    ],
    ["exactly the limit, gzipped", gzip("x".repeat(LIMIT)), GZIP, "x".repeat(LIMIT)],
    ["gzip", gzip("hello"), GZIP, "hello"],
    ["gzip of nothing", gzip(""), GZIP, ""],
    ["gzip byte by byte", chunked(...[...gzip("hello")].map((byte) => bytes(byte))), GZIP, "hello"],
    ["gzip in two members", chunked(gzip("hello "), gzip("world")), GZIP, "hello world"],
    ["deflate", new Uint8Array(deflateSync("hello")), { "content-encoding": "Deflate" }, "hello"],
    ["a character split between chunks", chunked(bytes(0xf0, 0x9f), bytes(0x98, 0x80)), {}, "😀"],
    ["a byte order mark", bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d), {}, "{}"],
    ["every kind of text", "\0é😀ש\u2028", {}, "\0é😀ש\u2028"],
    ["a Content-Length that is no number", "hello", { "content-length": "many" }, "hello"],
  ])("reads %s", async (_, body, headers, expected) => {
    expect(await read(body, headers)).toBe(expected);
  });

  test.each<[string, Body, Record<string, string>]>([
    ["one byte too many", "x".repeat(LIMIT + 1), {}],
    ["one byte too many in UTF-8, though not in characters", "é".repeat(LIMIT / 2) + "x", {}],
    ["one byte too many, chunked", chunked("x".repeat(LIMIT), "x"), {}],
    ["one byte too many once decompressed", gzip("x".repeat(LIMIT + 1)), GZIP],
    ["a Content-Length that is too small", chunked("x".repeat(LIMIT + 1)), {
      "content-length": "5",
    }],
    ["a Content-Length that is too large", "hello", { "content-length": `${LIMIT + 1}` }],
    ["a body without end", endless(), {}],
    ["50 MB of zeros in 50 KB of gzip", gzip(new Uint8Array(50 * 1024 * 1024)), GZIP],
    ["gzip without end", endless().pipeThrough(new CompressionStream("gzip")), GZIP],
  ])("refuses %s as too large", async (_, body, headers) => {
    await expect(read(body, headers)).rejects.toMatchObject(TOO_LARGE);
  });

  test("stops reading a body that is too large", async () => {
    let pulled = 0;
    const source = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(100).fill(++pulled)),
    });
    await expect(read(source)).rejects.toMatchObject(TOO_LARGE);
    expect(pulled).toBeLessThan(20);
    // The rest is there for whoever throws it away.
    expect(source.locked).toBe(false);
  });

  test.each<[string, Body, Record<string, string>]>([
    ["a byte that is not UTF-8", bytes(0x7b, 0xff, 0x7d), {}],
    ["half a character at the end", bytes(0x7b, 0xe2, 0x82), {}],
    ["half of a surrogate pair", bytes(0xed, 0xa0, 0x80), {}],
    ["an overlong form", bytes(0xc0, 0xaf), {}],
    ["UTF-16", bytes(0xff, 0xfe, 0x7b, 0), {}],
    ["gzip of what is not UTF-8", gzip(bytes(0xff)), GZIP],
    ["plain text called gzip", "hello", GZIP],
    ["nothing called gzip", "", GZIP],
    ["gzip cut at the end", gzip("hello").slice(0, -1), GZIP],
    ["gzip cut in the middle", gzip("hello, hello, hello").slice(0, 15), GZIP],
    ["gzip with a wrong checksum", changed(gzip("hello"), gzip("hello").length - 6), GZIP],
    ["gzip and something after it", chunked(gzip("hello"), "and more"), GZIP],
    ["raw deflate", new Uint8Array(deflateRawSync("hello")), { "content-encoding": "deflate" }],
  ])("refuses %s", async (_, body, headers) => {
    await expect(read(body, headers)).rejects.toMatchObject(NOT_TEXT);
  });

  test("refuses a body that breaks off", async () => {
    const broken = new ReadableStream({
      pull: (controller) => controller.error(new Error("reset")),
    });
    await expect(read(broken)).rejects.toMatchObject(NOT_TEXT);
  });

  test("names the limit of the endpoint", async () => {
    const large = (limit: number) => readText(request("x".repeat(limit + 1), {}), limit);
    await expect(large(SINGLE_LIMIT)).rejects.toThrow("50 KB");
    await expect(large(BATCH_LIMIT)).rejects.toThrow("500 KB");
  });
});
