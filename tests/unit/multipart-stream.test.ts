import { describe, expect, test } from "vitest";
import { decoded, multipartParts } from "../../shared/formats/multipart.ts";
import { comingParts } from "../../shared/formats/multipart-stream.ts";
import { InvalidInput } from "../../shared/refusals/errors.ts";

const TYPE = "multipart/form-data; boundary=xYz";
const named = (name: string) => `Content-Disposition: form-data; name="${name}"`;
const part = (name: string, content: string) => `--xYz\r\n${named(name)}\r\n\r\n${content}\r\n`;

/** A stream of the bytes, so many at once. */
function inChunks(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.byteLength) return controller.close();
      controller.enqueue(bytes.subarray(at, at += size));
    },
  });
}

interface Read {
  name: string;
  filename: string | null;
  text: string;
}

/** What is read of a body that comes in chunks: the parts, or what is wrong. */
async function read(body: string, size: number): Promise<Read[] | string> {
  const found: Read[] = [];
  try {
    for await (const one of comingParts(TYPE, inChunks(Buffer.from(body), size))) {
      const { name, filename, content } = one;
      found.push({ name, filename, text: await new Response(content).text() });
    }
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields[0]?.message ?? "";
    throw error;
  }
  return found;
}

/** What is read of a body that is there. */
function readAtOnce(body: string): Read[] | string {
  const bytes = Buffer.from(body);
  try {
    return multipartParts(TYPE, bytes).map(({ name, filename, start, end }) => ({
      name,
      filename,
      text: decoded(bytes.subarray(start, end), "utf-8"),
    }));
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields[0]?.message ?? "";
    throw error;
  }
}

const file = `--xYz\r\n${named("f")}; filename="ü.txt"\r\nContent-Type: text/plain\r\n\r\n`;

describe.each<[string, string]>([
  ["fields", `${part("a", "1")}${part("b", "größe\r\n--xY\r\n--xYzz\r\n")}--xYz--\r\n`],
  ["a file", `${part("a", "1")}${file}0123456789\r\n\r\n--xYz--`],
  ["text before and after", `hello\r\n${part("a", "x--xYz\r\n")}--xYz--\r\nbye --xYz`],
  ["no content", `--xYz\r\n${named("a")}\r\n\r\n--xYz \t\r\n${named("b")}\r\n\r\n\r\n--xYz--`],
  ["no part", "--xYz--"],
  ["nothing", ""],
  ["no delimiter", "abc"],
  ["no final delimiter", `${part("a", "1")}--xYz\r\n`],
  ["no headers", "--xYz\r\n\r\n1\r\n--xYz--"],
  ["no blank line", `--xYz\r\n${named("a")}\r\n--xYz--\r\n\r\n`],
  ["no name", "--xYz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xYz--"],
  ["bare line feeds", `${part("a", "1")}--xYz--`.replaceAll("\r", "")],
])("a form with %s", (_, body) => {
  test.each([1, 2, 3, 7, 16, 1_000])("is read in chunks of %i as at once", async (size) => {
    expect(await read(body, size)).toEqual(readAtOnce(body));
  });
});

test("a form that is cut anywhere is not complete", async () => {
  const whole = `${part("a", "1")}${file}0123456789\r\n--xYz--`;
  for (let length = 0; length < whole.length - 2; length++) {
    const found = await read(whole.slice(0, length), 5);
    expect([length, found]).toEqual([length, expect.stringMatching(/complete|headers/)]);
  }
});

test("a part that nobody reads is passed over", async () => {
  const body = inChunks(
    Buffer.from(`${file}${"x".repeat(1_000)}\r\n${part("a", "1")}--xYz--`),
    100,
  );
  const names: string[] = [];
  for await (const { name } of comingParts(TYPE, body)) names.push(name);
  expect(names).toEqual(["f", "a"]);
});

test("headers without an end are refused before they are many", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1024;
      controller.enqueue(Buffer.from(sent === 1024 ? "--xYz\r\nX: " : "x".repeat(1024)));
    },
  });
  await expect(comingParts(TYPE, endless).next()).rejects.toThrow(InvalidInput);
  expect(sent).toBeLessThan(64 * 1024);
});

// One that costs the square of its size would take minutes, past the time a test has.
test("a hostile form costs no more than its size", async () => {
  const lines = `${file}${"\r\n--xY".repeat(100_000)}${
    `\r\n--xYz${" ".repeat(100)}x`.repeat(5_000)
  }`;
  expect(await read(`${lines}\r\n--xYz--`, 4_096)).toHaveLength(1);
});
