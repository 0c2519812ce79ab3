import { describe, expect, test } from "vitest";
import { parsePayload } from "../../shared/connectors/payload.ts";
import { mistakes } from "../support/mistakes.ts";

const TYPE = "multipart/form-data; boundary=xYz";

/** A part: its headers, an empty line, its content. */
function part(headers: string | string[], content: string | Uint8Array): Buffer {
  const lines = [headers].flat().map((line) => `${line}\r\n`).join("");
  return Buffer.concat([Buffer.from(`--xYz\r\n${lines}\r\n`), Buffer.from(content), CRLF]);
}

const CRLF = Buffer.from("\r\n");
const END = Buffer.from("--xYz--\r\n");
const named = (name: string) => `Content-Disposition: form-data; name="${name}"`;

function read(body: string | Uint8Array | Uint8Array[], type = TYPE): unknown {
  const bytes = Array.isArray(body) ? Buffer.concat([...body, END]) : Buffer.from(body);
  return parsePayload(type, bytes);
}

test("a form as the platform writes it is read as it was filled in", async () => {
  const form = new FormData();
  form.append("formID", "1");
  form.append("rawRequest", '{"q3_name":{"first":"Zoë"}}\r\n--not-the-boundary');
  form.append("choice", "a");
  form.append("choice", "b");
  form.append('q"uote\r\nd', "");
  form.append("__proto__", "plain");
  form.append(
    "cv",
    new File([Uint8Array.from({ length: 256 }, (_, i) => i)], 'Lebens"lauf ü.pdf', {
      type: "application/pdf",
    }),
  );
  const request = new Response(form);
  const body = new Uint8Array(await request.arrayBuffer());
  const payload = parsePayload(request.headers.get("content-type") ?? "", body);
  expect(Object.entries(payload ?? {})).toEqual([
    ["formID", "1"],
    ["rawRequest", '{"q3_name":{"first":"Zoë"}}\r\n--not-the-boundary'],
    ["choice", ["a", "b"]],
    ['q"uote\r\nd', ""],
    ["__proto__", "plain"],
    ["cv", { filename: 'Lebens"lauf ü.pdf', content_type: "application/pdf", size: 256 }],
  ]);
});

describe("names and files", () => {
  test.each<[string, string | string[], unknown]>([
    ["UTF-8", named("Größe"), { Größe: "x" }],
    ["without quotes", "content-disposition:form-data;name=a", { a: "x" }],
    ["in any case", 'CONTENT-DISPOSITION: Form-Data; NAME="a"', { a: "x" }],
    ["an escaped quote", named(String.raw`a\"b`), { 'a"b': "x" }],
    ["a semicolon", named("a; filename=b"), { "a; filename=b": "x" }],
    ["other headers", ["X-A: 1", named("a"), "Content-Type: text/plain; charset=UTF-8"], {
      a: "x",
    }],
    ["a field of JSON", [named("a"), "Content-Type: application/json"], { a: "x" }],
    ["a file without type", `${named("a")}; filename="b.txt"`, {
      a: { filename: "b.txt", content_type: "application/octet-stream", size: 1 },
    }],
    ["no file chosen", [`${named("a")}; filename=""`, "Content-Type: text/x"], {
      a: { filename: "", content_type: "text/x", size: 1 },
    }],
    ["a path of Windows", String.raw`${named("a")}; filename="C:\dir\b.txt"`, {
      a: { filename: String.raw`C:\dir\b.txt`, content_type: "application/octet-stream", size: 1 },
    }],
    ["an extended filename", `${named("a")}; filename="e.txt"; filename*=UTF-8''%e2%82%ac.txt`, {
      a: { filename: "€.txt", content_type: "application/octet-stream", size: 1 },
    }],
    ["a wrong extended filename", `${named("a")}; filename="e.txt"; filename*=UTF-8''%e2`, {
      a: { filename: "e.txt", content_type: "application/octet-stream", size: 1 },
    }],
  ])("%s", (_, headers, payload) => {
    expect(read([part(headers, "x")])).toEqual(payload);
  });

  test("text in the character set that its part names", () => {
    const latin = [named("a"), "Content-Type: text/plain; charset=ISO-8859-1"];
    expect(read([part(latin, Buffer.from("é", "latin1"))])).toEqual({ a: "é" });
  });
});

describe("boundaries", () => {
  const body = Buffer.concat([part(named("a"), "1"), END]);

  test.each([
    'multipart/form-data; boundary="xYz"',
    "Multipart/Form-Data; charset=utf-8; Boundary=xYz",
    "multipart/form-data;boundary=xYz;charset=utf-8",
  ])("%s", (type) => {
    expect(read(body, type)).toEqual({ a: "1" });
  });

  test("of other characters, quoted", () => {
    const text = body.toString().replaceAll("xYz", "a b:c'");
    expect(read(text, `multipart/form-data; boundary="a b:c'"`)).toEqual({ a: "1" });
  });

  test.each([
    ["nothing after the end", body.subarray(0, -2)],
    ["text before and after", Buffer.from(`hello\r\n${body}bye`)],
    ["space after them", Buffer.from(body.toString().replace("--xYz\r\n", "--xYz \t\r\n"))],
  ])("with %s", (_, given) => {
    expect(read(given)).toEqual({ a: "1" });
  });

  test("are none within a line, nor with something after", () => {
    const content = "--xYz\r\n--xYzz\r\n --xYz\r\nx--xYz--\r\n\n--xYz\r\n".slice(7);
    expect(read([part(named("a"), content)])).toEqual({ a: content });
  });

  test("may stand right after the headers", () => {
    const headers = [named("a"), named("b"), `${named("c")}; filename="c"`];
    const empty = headers.map((header) => Buffer.from(`--xYz\r\n${header}\r\n\r\n`));
    const file = { filename: "c", content_type: "application/octet-stream", size: 0 };
    expect(read(empty)).toEqual({ a: "", b: "", c: file });
  });
});

describe("refuses", () => {
  const whole = Buffer.concat([part(named("a"), "1"), part(named("b"), "2"), END]);

  test("a body cut short anywhere", () => {
    for (let length = 0; length < whole.length - 4; length += 1) {
      const [mistake] = mistakes(() => read(whole.subarray(0, length)));
      expect(mistake).toEqual({ field: "body", message: expect.stringMatching(/complete/) });
    }
  });

  test("more than 1,000 fields", () => {
    const many = (count: number) => Array.from({ length: count }, () => part(named("a"), ""));
    expect(read(many(1_000))).toEqual({ a: Array(1_000).fill("") });
    expect(mistakes(() => read(many(1_001)))[0]?.message).toMatch(/at most 1,000 fields/);
  });

  const cte = "Content-Transfer-Encoding: base64";
  test.each<[string, Uint8Array | Uint8Array[], RegExp, string?]>([
    ["no field", [], /at least one field/],
    ["nothing", Buffer.from(""), /complete/],
    ["no boundary", whole, /it names none/, "multipart/form-data"],
    ["an empty boundary", whole, /it names none/, "multipart/form-data; boundary="],
    ["another boundary", whole, /complete/, "multipart/form-data; boundary=xY"],
    ["bare line feeds", Buffer.from(whole.toString().replaceAll("\r", "")), /complete/],
    ["a part without headers", [Buffer.from("--xYz\r\n\r\n1\r\n")], /without a name/],
    [
      "a part without an empty line",
      [Buffer.from(`--xYz\r\n${named("a")}\r\n`)],
      /without headers/,
    ],
    ["such a part before another", [
      Buffer.from(`--xYz\r\n${named("a")}\r\n`),
      part(named("b"), "1"),
    ], /without headers/],
    ["a part without a name", [part("Content-Disposition: form-data", "1")], /without a name/],
    ["an attachment", [part('Content-Disposition: attachment; name="a"', "1")], /without a name/],
    ["an encoded part", [part([named("a"), cte], "MQ==")], /Content-Transfer-Encoding/],
    ["a name not in UTF-8", [
      Buffer.from(`--xYz\r\n${named("é")}\r\n\r\n1\r\n`, "latin1"),
    ], /UTF-8/],
    ["text not in UTF-8", [part(named("a"), Buffer.from("é", "latin1"))], /UTF-8/],
    ["an unknown character set", [
      part([named("a"), "Content-Type: text/plain; charset=klingon"], "1"),
    ], /klingon/],
  ])("%s", (_, body, message, type) => {
    expect(mistakes(() => read(body, type))).toEqual([
      { field: "body", message: expect.stringMatching(message) },
    ]);
  });
});

test.each([
  ["space in a header", `X: a${" ".repeat(200_000)}b`],
  ["open quotes", `Content-Disposition: form-data${'; a="'.repeat(40_000)}`],
  ["empty parameters", `Content-Disposition: form-data${"; ".repeat(100_000)}`],
  ["words", `Content-Disposition: form-data;${"a ".repeat(100_000)}`],
  ["boundaries", `X: ${"--xYz".repeat(40_000)}`],
  // One that costs the square of its size would take minutes, past the time a test has.
])("a hostile body costs no more than its size: %s", (_, headers) => {
  expect(mistakes(() => read([part(headers, "")]))[0]?.message).toMatch(/without a name/);
});
