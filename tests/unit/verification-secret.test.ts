import { describe, expect, test } from "vitest";
import {
  denialMessage,
  type Denied,
  type Verification,
  verificationSchema,
  verify,
} from "../../shared/connectors/verification.ts";
import { validated } from "../../shared/refusals/validation.ts";
import {
  hubspot,
  inSeconds,
  plain,
  PROVIDERS,
  received,
  SECRET,
  tally,
  typeform,
  webflow,
} from "../support/signatures.ts";

describe("a header that equals the secret", () => {
  const header: Verification = { type: "header", header: "X-Key" };
  const check = (headers: Record<string, string>, secret = SECRET) =>
    verify(header, secret, received(headers));

  test.each<[string, Record<string, string>, Denied | null]>([
    ["the secret", { "x-key": SECRET }, null],
    ["space around it", { "X-Key": ` ${SECRET} ` }, null],
    ["another text", { "X-Key": "guess" }, "mismatch"],
    ["its beginning", { "X-Key": SECRET.slice(0, -1) }, "mismatch"],
    ["more than it", { "X-Key": `${SECRET}x` }, "mismatch"],
    ["it twice", { "X-Key": `${SECRET}, ${SECRET}` }, "mismatch"],
    ["nothing", { "X-Key": "" }, "mismatch"],
    ["another header", { "X-Other": SECRET }, "missing"],
  ])("%s", (_, headers, denied) => {
    expect(check(headers)).toBe(denied);
  });

  test("in UTF-8, as bytes", () => {
    expect(check({ "X-Key": Buffer.from("Schlüssel").toString("latin1") }, "Schlüssel")).toBeNull();
  });
});

describe("Basic authentication (RFC 7617)", () => {
  const check = (authorization: string | null, secret: string) =>
    verify({ type: "basic" }, secret, received(authorization === null ? {} : { authorization }));
  const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString("base64")}`;

  test.each<[string, string | null, string, Denied | null]>([
    ["the RFC's example", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin:open sesame", null],
    ["the RFC's example in UTF-8", "Basic dGVzdDoxMjPCow==", "test:123£", null],
    ["the scheme in any case", basic("a:b").replace("Basic", "bASIC"), "a:b", null],
    ["several spaces", basic("a:b").replace(" ", "  "), "a:b", null],
    ["a password with colons", basic("a:b:c"), "a:b:c", null],
    ["an empty password", basic("a:"), "a:", null],
    ["another password", basic("a:c"), "a:b", "mismatch"],
    ["another user", basic("c:b"), "a:b", "mismatch"],
    ["no header", null, "a:b", "missing"],
    ["no colon", basic("ab"), "ab", "malformed"],
    ["another scheme", basic("a:b").replace("Basic", "Bearer"), "a:b", "malformed"],
    ["not base64", "Basic a:b", "a:b", "malformed"],
    ["no padding", "Basic YTpiYg", "a:bb", "malformed"],
    ["the scheme alone", "Basic", "a:b", "malformed"],
    ["something after", `${basic("a:b")} x`, "a:b", "malformed"],
  ])("%s", (_, authorization, secret, denied) => {
    expect(check(authorization, secret)).toBe(denied);
  });
});

describe("a field of the body that equals the secret", () => {
  const check = (payload: unknown, field = "google_key") =>
    verify({ type: "body", field }, SECRET, received({}, { payload }));

  test.each<[string, unknown, Denied | null]>([
    ["the secret", { google_key: SECRET, is_test: true }, null],
    ["another text", { google_key: "guess" }, "mismatch"],
    ["nothing", { google_key: "" }, "mismatch"],
    ["a number", { google_key: 5 }, "malformed"],
    ["null", { google_key: null }, "malformed"],
    ["several", { google_key: [SECRET, SECRET] }, "malformed"],
    ["an object", { google_key: { google_key: SECRET } }, "malformed"],
    ["no such field", { key: SECRET }, "missing"],
    ["the field further in", { data: { google_key: SECRET } }, "missing"],
    ["an array", [{ google_key: SECRET }], "missing"],
    ["null for a payload", null, "missing"],
    ["a text for a payload", SECRET, "missing"],
  ])("%s", (_, payload, denied) => {
    expect(check(payload)).toBe(denied);
  });

  test("not one that every object has", () => {
    expect(check({}, "constructor")).toBe("missing");
    expect(check({}, "__proto__")).toBe("missing");
    expect(check(JSON.parse(`{"__proto__":"${SECRET}"}`), "__proto__")).toBeNull();
  });
});

test("a connector without verification needs no secret", () => {
  expect(verify({ type: "none" }, undefined, received({}))).toBeNull();
});

describe("a denial says what is wrong", () => {
  const all: Verification[] = [
    ...PROVIDERS.map(([, verification]) => verification),
    { type: "none" },
    { type: "header", header: "X-Key" },
    { type: "basic" },
    { type: "body", field: "google_key" },
  ];
  const reasons: Denied[] = ["unset", "missing", "malformed", "mismatch", "expired"];

  test("in one sentence each", () => {
    for (const verification of all) {
      for (const denied of reasons) {
        const message = denialMessage(verification, denied);
        expect(message).toMatch(/^The (request|connector) [^\n]+\.$/);
        expect(message).not.toMatch(/undefined|\bnull\b|object/);
      }
    }
  });

  test.each<[Verification, Denied, RegExp]>([
    [hubspot, "missing", /X-HubSpot-Signature-v3 or X-HubSpot-Request-Timestamp/],
    [typeform, "malformed", /"sha256=" and an HMAC-SHA256 in base64\.$/],
    [webflow, "malformed", /HMAC-SHA256 in hex, the time whole milliseconds/],
    [inSeconds, "malformed", /whole seconds/],
    [inSeconds, "expired", /60 s/],
    [tally, "mismatch", /wrong header Tally-Signature; check the secret/],
    [{ type: "body", field: "google_key" }, "missing", /google_key/],
    [{ type: "header", header: "X-Key" }, "mismatch", /X-Key/],
    [{ type: "basic" }, "malformed", /Basic, with user and password/],
    [plain, "unset", /set one/],
  ])("%j %s", (verification, denied, message) => {
    expect(denialMessage(verification, denied)).toMatch(message);
  });
});

test("a verification that is given short is completed", () => {
  expect(
    validated(verificationSchema, { type: "signature", header: "X-Signature", encoding: "hex" }),
  )
    .toEqual(plain);
});

test.each(PROVIDERS)("the verification of %s is valid", (_, verification) => {
  expect(validated(verificationSchema, verification)).toEqual(verification);
});
