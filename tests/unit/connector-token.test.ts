import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { generateApiKey, parseApiKey } from "../../shared/auth/api-key.ts";
import {
  generateConnectorToken,
  looksLikeConnectorToken,
  presentedConnectorToken,
} from "../../shared/auth/connector-token.ts";

const { token, publicId, hash } = generateConnectorToken();

test("a connector token is lb_hook_, a public id, a secret and a checksum", () => {
  expect(/^lb_hook_([0-9A-Za-z]{12})_[0-9A-Za-z]{49}$/.exec(token)?.[1]).toBe(publicId);
  expect(Buffer.from(hash)).toEqual(createHash("sha256").update(token).digest());
  expect(presentedConnectorToken(token)).toMatchObject({ publicId, hash });
  expect(presentedConnectorToken(token)?.isIntact()).toBe(true);
});

test("needs no escaping in a URL", () => {
  expect(encodeURIComponent(token)).toBe(token);
});

test("no two are alike", () => {
  const many = Array.from({ length: 1_000 }, () => generateConnectorToken().token);
  expect(new Set(many).size).toBe(many.length);
});

test("an API key is no connector token, and the other way round", () => {
  const { key } = generateApiKey();
  expect(presentedConnectorToken(key)).toBeNull();
  expect(parseApiKey(token)).toBeNull();
  expect(presentedConnectorToken(key.replace("lb_live_", "lb_hook_"))?.isIntact()).toBe(false);
});

describe("a mistyped token is refused, and still known as a token", () => {
  const last = token.endsWith("0") ? "1" : "0";
  test.each([
    ["with another last character", token.slice(0, -1) + last],
    ["cut short", token.slice(0, -1)],
    ["with something after", `${token}\n`],
    ["that is the prefix alone", "lb_hook_"],
  ])("%s", (_, typo) => {
    expect(presentedConnectorToken(typo)?.isIntact() ?? false).toBe(false);
    expect(looksLikeConnectorToken(typo)).toBe(true);
  });
});

test.each([
  "",
  "typeform",
  "lb-hook-a",
  "01890a5d-ac96-774b-bcce-b302099a8057",
  generateApiKey().key,
])(
  "%s is not meant as a token",
  (text) => {
    expect(looksLikeConnectorToken(text)).toBe(false);
  },
);
