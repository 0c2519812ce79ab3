import { describe, expect, test } from "vitest";
import { parsePayload } from "../../shared/connectors/payload.ts";
import { redacted } from "../../shared/connectors/redaction.ts";

const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=xYz";
const SECRET = "s3cr3t";

function redact(type: string, body: string | Uint8Array, field = "google_key"): string {
  return Buffer.from(redacted(type, Buffer.from(body), field)).toString();
}

test.each<[string, string, string]>([
  [
    JSON_TYPE,
    '{"a":1, "google_key" : "s3cr3t" ,"b":[2]}\n',
    '{"a":1, "google_key" : "[redacted]" ,"b":[2]}\n',
  ],
  [JSON_TYPE, '{"google_key":"s3cr3t"}', '{"google_key":"[redacted]"}'],
  [JSON_TYPE, '\ufeff{"google_key":"s3cr3t"}', '\ufeff{"google_key":"[redacted]"}'],
  [
    JSON_TYPE,
    String.raw`{"\u0067oogle_key":"s\"3,c}r3t\\"}`,
    String.raw`{"\u0067oogle_key":"[redacted]"}`,
  ],
  [JSON_TYPE, '{"google_key":["s3cr3t",{"a":"}"}],"é":1}', '{"google_key":"[redacted]","é":1}'],
  [JSON_TYPE, '{"google_key":{"a":["s3cr3t"]}}', '{"google_key":"[redacted]"}'],
  [JSON_TYPE, '{"google_key":12345678901234567890}', '{"google_key":"[redacted]"}'],
  [JSON_TYPE, '{"google_key":-1.5e3 ,"a":1}', '{"google_key":"[redacted]" ,"a":1}'],
  [JSON_TYPE, '{"google_key":null\n}', '{"google_key":"[redacted]"\n}'],
  [
    JSON_TYPE,
    '[{"google_key":"s3cr3t"},{"google_key":"s3cr3t"}]',
    '[{"google_key":"[redacted]"},{"google_key":"[redacted]"}]',
  ],
  [FORM, "a=1&google_key=s3cr3t&b=2", "a=1&google_key=%5Bredacted%5D&b=2"],
  [
    FORM,
    "google_key=s3cr3t&google%5Fkey=s3cr3t=",
    "google_key=%5Bredacted%5D&google%5Fkey=%5Bredacted%5D",
  ],
  [FORM, "\ufeffgoogle_key=s3cr3t&a=%zz+é", "\ufeffgoogle_key=%5Bredacted%5D&a=%zz+é"],
])("%s: %s", (type, body, expected) => {
  const result = redact(type, body);
  expect(result).toBe(expected);
  const payload = parsePayload(type, Buffer.from(result));
  expect(JSON.stringify(payload)).toContain("[redacted]");
  expect(result).not.toContain(SECRET);
});

test.each<[string, string]>([
  [JSON_TYPE, '{"a":"google_key","b":{"google_key":1},"c":[{"google_key":2}],"google_keys":3}'],
  [JSON_TYPE, '[["google_key",{"google_key":1}]]'],
  [JSON_TYPE, '{"a":"\\"google_key\\":1"}'],
  [FORM, "a=google_key&google_keys=1&google_key&agoogle_key=2"],
])("%s without the field is kept as it is: %s", (type, body) => {
  expect(redact(type, body)).toBe(body);
});

test("a field whose name is not ASCII", () => {
  expect(redact(JSON_TYPE, String.raw`{"schl\u00fcssel":1}`, "schlüssel")).toContain("redacted");
  expect(redact(FORM, "schl%C3%BCssel=1&a=ü", "schlüssel")).toBe(
    "schl%C3%BCssel=%5Bredacted%5D&a=ü",
  );
});

test("in a multipart form, every byte of the rest is kept", () => {
  const disposition = (name: string) => `--xYz\r\nContent-Disposition: form-data; name=${name}`;
  const file = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const body = (secret: string) =>
    Buffer.concat([
      Buffer.from(`${disposition("google_key")}\r\n\r\n${secret}\r\n`),
      Buffer.from(`${disposition("cv")}; filename=a\r\n\r\n`),
      file,
      Buffer.from(`\r\n${disposition('"google_key"')}; filename=b\r\n\r\n${secret}\r\n--xYz--`),
    ]);
  expect(Buffer.from(redacted(MULTIPART, body(SECRET), "google_key"))).toEqual(body("[redacted]"));
});

describe("a body that cannot be read is replaced whole", () => {
  test.each<[string, string, string | Uint8Array]>([
    ["cut short", JSON_TYPE, `{"google_key":"${SECRET}`],
    ["with a key twice", JSON_TYPE, `{"google_key":"x","google_key":"${SECRET}"}`],
    ["that is a text", JSON_TYPE, `"${SECRET}"`],
    ["not in UTF-8", JSON_TYPE, Buffer.from(`{"google_key":"${SECRET}é"}`, "latin1")],
    ["of too many levels", JSON_TYPE, `${"[".repeat(99)}"${SECRET}"${"]".repeat(99)}`],
    [
      "a form not in UTF-8, as it says",
      `${FORM}; charset=utf-8`,
      Buffer.from(`google_key=${SECRET}é`, "latin1"),
    ],
    ["JSON in UTF-16", JSON_TYPE, Buffer.from(`\ufeff{"google_key":"${SECRET}"}`, "utf16le")],
    ["without its final boundary", MULTIPART, `--xYz\r\n\r\n${SECRET}`],
    ["of another type", "text/html", `{"google_key":"${SECRET}"}`],
  ])("%s", (_, type, body) => {
    expect(redact(type, body)).toBe("[redacted]");
  });
});
