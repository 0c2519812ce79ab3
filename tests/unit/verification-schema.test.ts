import { describe, expect, test } from "vitest";
import { verificationSchema } from "../../shared/connectors/verification.ts";
import { validated } from "../../shared/refusals/validation.ts";
import { mistakes } from "../support/mistakes.ts";

const signature = {
  type: "signature",
  header: "X-Signature",
  algorithm: "sha256",
  encoding: "hex",
  prefix: "",
  signed: "{timestamp}:{body}",
  timestamp: { header: "X-Time", unit: "s", tolerance_seconds: 300 },
};

test.each([
  { type: "none" },
  { type: "basic" },
  { type: "header", header: "Authorization" },
  { type: "header", header: "x_hook.key~1" },
  { type: "body", field: "google_key" },
  signature,
  { ...signature, prefix: "v0 = " },
  { ...signature, signed: "{method} {url}\n{body}{timestamp}" },
  { ...signature, signed: "{body}", timestamp: null },
  { ...signature, timestamp: { ...signature.timestamp, tolerance_seconds: 1 } },
  { ...signature, timestamp: { ...signature.timestamp, tolerance_seconds: 86_400 } },
])("%j is a verification", (given) => {
  expect(validated(verificationSchema, given)).toEqual(given);
});

describe("what is not a verification is refused by field", () => {
  const time = (change: object) => ({
    ...signature,
    timestamp: { ...signature.timestamp, ...change },
  });

  test.each<[unknown, string, RegExp]>([
    [null, "body", /an object; it is null/],
    ["none", "body", /an object; it is a string/],
    [[], "body", /an object/],
    [{}, "type", /one of none, signature, header, basic, body/],
    [{ type: "hedaer" }, "type", /did you mean header/],
    [{ type: 5 }, "type", /one of/],
    [{ type: { type: "none" } }, "type", /one of/],
    [{ type: "none", secret: "x" }, "secret", /Unknown; known are type/],
    [{ type: "header", headr: "x", header: "X-Key" }, "headr", /did you mean header/],
    [time({ tolerance: 5 }), "timestamp.tolerance", /Unknown; known are header, unit/],
    [{ type: "header" }, "header", /required/],
    [{ type: "header", header: "" }, "header", /name of a header/],
    [{ type: "header", header: "X Key" }, "header", /name of a header/],
    [{ type: "header", header: "X-Key:" }, "header", /name of a header/],
    [{ type: "header", header: "X-Kéy" }, "header", /name of a header/],
    [{ type: "header", header: "X-Key\n" }, "header", /name of a header/],
    [{ type: "header", header: "x".repeat(129) }, "header", /at most 128/],
    [{ type: "header", header: "Transfer-Encoding" }, "header", /another meaning/],
    [{ type: "header", header: "proxy-authorization" }, "header", /another meaning/],
    [{ type: "header", header: "Cookie" }, "header", /another meaning/],
    [{ type: "header", header: "X-Connector" }, "header", /another meaning/],
    [{ ...signature, header: "Host" }, "header", /another meaning/],
    [{ ...signature, algorithm: "sha1" }, "algorithm", /sha256/],
    [{ ...signature, encoding: "base32" }, "encoding", /hex or base64/],
    [{ ...signature, encoding: undefined }, "encoding", /hex or base64/],
    [{ ...signature, prefix: " v0=" }, "prefix", /sha256=/],
    [{ ...signature, prefix: "v0\n" }, "prefix", /sha256=/],
    [{ ...signature, prefix: "x".repeat(65) }, "prefix", /at most 64/],
    [{ ...signature, signed: "{timestamp}" }, "signed", /contain \{body\}/],
    [{ ...signature, signed: "" }, "signed", /contain \{body\}/],
    [{ ...signature, signed: "{timestamp}{body}{secret}" }, "signed", /no braces but/],
    [{ ...signature, signed: "{timestamp}{body" }, "signed", /no braces but/],
    [{ ...signature, signed: "{timestamp}{{body}}" }, "signed", /no braces but/],
    [{ ...signature, signed: "{Body}{body}{timestamp}" }, "signed", /no braces but/],
    [{ ...signature, signed: "{body}".repeat(40) }, "signed", /at most 200/],
    [{ ...signature, signed: "{body}" }, "signed", /must contain \{timestamp\}/i],
    [{ ...signature, timestamp: null }, "timestamp", /required, as \{timestamp\} is signed/],
    [time({ unit: "us" }), "timestamp.unit", /s \(seconds\) or ms/],
    [time({ header: "Connection" }), "timestamp.header", /another meaning/],
    [time({ tolerance_seconds: 0 }), "timestamp.tolerance_seconds", /from 1 to 86400/],
    [time({ tolerance_seconds: 86_401 }), "timestamp.tolerance_seconds", /from 1 to 86400/],
    [time({ tolerance_seconds: 1.5 }), "timestamp.tolerance_seconds", /whole number/],
    [time({ tolerance_seconds: "300" }), "timestamp.tolerance_seconds", /whole number|a number/],
    [{ type: "body", field: "" }, "field", /not be empty/],
    [{ type: "body", field: "x".repeat(101) }, "field", /at most 100/],
    [{ type: "body" }, "field", /required/],
  ])("%j: %s", (given, field, message) => {
    const found = mistakes(() => validated(verificationSchema, given));
    expect(found.map((mistake) => mistake.field)).toContain(field);
    expect(found.find((mistake) => mistake.field === field)?.message).toMatch(message);
  });
});
