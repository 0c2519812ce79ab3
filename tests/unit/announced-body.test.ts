import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readText } from "../../shared/http/body.ts";

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream;

const LIMIT = 1024;
const CHUNKED = { "transfer-encoding": "chunked" };
const GZIP = { "content-encoding": "gzip" };
const TOO_LARGE = { kind: "too_large", facts: { max_bytes: LIMIT } };
const NOT_TEXT = { kind: "invalid", facts: { fields: [{ field: "body" }] } };

/** Reads a body whose Content-Length says `length`. */
function read(body: Body | null, length: number, more: Record<string, string> = {}) {
  const headers = { "content-length": `${length}`, ...more };
  const streaming = { duplex: "half" };
  const init = { method: "POST", body, headers, ...streaming };
  return readText(new Request("http://localhost/", init), LIMIT);
}

function bytes(...values: number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(values);
}

/** Zeros without end. */
function endless(): ReadableStream {
  const zeros = new Uint8Array(65_536);
  return new ReadableStream({ pull: (controller) => controller.enqueue(zeros) });
}

describe("a body with a Content-Length", () => {
  test.each<[string, Body | null, number, string]>([
    ["nothing", null, 0, ""],
    ["exactly the limit", "x".repeat(LIMIT), LIMIT, "x".repeat(LIMIT)],
    ["a byte order mark", bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d), 5, "{}"],
    ["every kind of text", "\0é😀ש\u2028", 12, "\0é😀ש\u2028"],
  ])("is read: %s", async (_, body, length, text) => {
    expect(await read(body, length)).toBe(text);
  });

  test("is read decompressed", async () => {
    const body = new Uint8Array(gzipSync("hello"));
    expect(await read(body, body.length, GZIP)).toBe("hello");
  });

  test.each<[string, Body, Record<string, string>]>([
    ["longer by a byte", "x".repeat(LIMIT + 1), {}],
    ["sent in chunks without end", endless(), CHUNKED],
    ["gzip without end", endless().pipeThrough(new CompressionStream("gzip")), GZIP],
  ])("is too large though it says less: %s", async (_, body, more) => {
    await expect(read(body, LIMIT, more)).rejects.toMatchObject(TOO_LARGE);
  });

  test.each<[string, Body]>([
    ["a byte that is not UTF-8", bytes(0x7b, 0xff, 0x7d)],
    ["half a character at the end", bytes(0x7b, 0xe2, 0x82)],
    ["one that breaks off", new ReadableStream({ pull: (it) => it.error(new Error("reset")) })],
  ])("is refused: %s", async (_, body) => {
    await expect(read(body, 3)).rejects.toMatchObject(NOT_TEXT);
    expect(await read("{}", 2)).toBe("{}");
  });
});
