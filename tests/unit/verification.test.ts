import { describe, expect, test } from "vitest";
import { type Received, verify } from "../../shared/connectors/verification.ts";
import {
  BODY,
  hmac,
  hubspot,
  meta,
  NOW,
  plain,
  PROVIDERS,
  received,
  SECRET,
  signedHeaders,
  tally,
  webflow,
} from "../support/signatures.ts";

describe("signatures that were published", () => {
  test("RFC 4231, case 2", () => {
    const signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    const body = Buffer.from("what do ya want for nothing?");
    expect(verify(plain, "Jefe", received({ "X-Signature": signature }, { body }))).toBeNull();
  });

  test("GitHub's, whose header and form Meta shares", () => {
    const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const body = Buffer.from("Hello, World!");
    const request = received({ "X-Hub-Signature-256": signature }, { body });
    expect(verify(meta, SECRET, request)).toBeNull();
  });

  test("HubSpot's, of the tests of its Python client", () => {
    const request = received({
      "X-HubSpot-Signature-v3": "HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=",
      "X-HubSpot-Request-Timestamp": "15000000",
    }, {
      url: "https://www.example.com/webhook_uri",
      body: Buffer.from("{'example_field':'example_value'}"),
      now: 15_000_000,
    });
    expect(verify(hubspot, "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", request)).toBeNull();
  });
});

describe.each(PROVIDERS)("a request of %s", (_, verification, signed) => {
  const check = (headers: Record<string, string>, change?: Partial<Received>) =>
    verify(verification, SECRET, received(headers, change));
  const { header, encoding, prefix } = verification;

  test("that is signed is proven", async () => {
    expect(check(await signedHeaders(verification, signed))).toBeNull();
  });

  test("with any one byte of its body changed is refused", async () => {
    const headers = await signedHeaders(verification, signed);
    const results = [...Buffer.from(BODY).keys()].map((index) => {
      const body = Buffer.from(BODY);
      body[index] = body[index]! ^ 1;
      return check(headers, { body });
    });
    expect(new Set(results)).toEqual(new Set(["mismatch"]));
    expect(check(headers, { body: Buffer.from(`${BODY}\n`) })).toBe("mismatch");
    expect(check(headers, { body: new Uint8Array() })).toBe("mismatch");
  });

  test("signed with another secret is refused", async () => {
    const headers = await signedHeaders(verification, signed, NOW, `${SECRET} `);
    expect(check(headers)).toBe("mismatch");
  });

  test("is refused when the connector has no secret", async () => {
    const request = received(await signedHeaders(verification, signed, NOW, SECRET));
    expect(verify(verification, undefined, request)).toBe("unset");
    expect(verify(verification, "", request)).toBe("unset");
  });

  test("in the other encoding is refused", async () => {
    const other = encoding === "hex" ? "base64" : "hex";
    const headers = await signedHeaders({ ...verification, encoding: other }, signed);
    expect(check(headers)).toBe("malformed");
  });

  test.each(["", " ", "=", "sha1=", "sha256=", "sha256"])(
    "with the signature %o is refused",
    async (value) => {
      const headers = await signedHeaders(verification, signed);
      expect(check({ ...headers, [header]: value })).toBe("malformed");
    },
  );

  test("with a signature cut, padded, repeated or of another prefix is refused", async () => {
    const headers = await signedHeaders(verification, signed);
    const right = headers[header] ?? "";
    const digest = right.slice(prefix.length);
    const wrong = [
      right.slice(0, -1),
      right.slice(0, -2),
      `${right}=`,
      `${right}00`,
      `${right}, ${right}`,
      `${right},${right}`,
      `${prefix}"${digest}"`,
      `${prefix}-${digest}`,
      `sha512=${digest}`,
      prefix === "" ? `sha256=${digest}` : digest,
    ];
    const results = wrong.map((value) => check({ ...headers, [header]: value }));
    expect(new Set(results)).toEqual(new Set(["malformed"]));
  });

  test("without one of its headers is refused", async () => {
    const headers = await signedHeaders(verification, signed);
    for (const name of Object.keys(headers)) {
      const rest = Object.entries(headers).filter(([other]) => other !== name);
      expect(check(Object.fromEntries(rest))).toBe("missing");
    }
  });
});

test("hexadecimal may be in upper case, base64 has one way to be written", async () => {
  const digest = await hmac(SECRET, BODY);
  const upper = { "X-Signature": digest.toString("hex").toUpperCase() };
  expect(verify(plain, SECRET, received(upper))).toBeNull();

  const text = digest.toString("base64");
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  // The last digit carries two bits that no byte has.
  const twin = text.slice(0, 42) + alphabet[alphabet.indexOf(text[42]!) | 1] + "=";
  const looser = [
    twin,
    text.slice(0, -1),
    digest.toString("base64url"),
    `${text.slice(0, 20)} ${text.slice(20)}`,
  ];
  for (const value of looser) {
    expect(Buffer.from(value, "base64")).toEqual(digest);
    expect(verify(tally, SECRET, received({ "Tally-Signature": value }))).toBe("malformed");
  }
});

test("bytes are signed as they came, whether or not they are text", async () => {
  const body = Buffer.from([0xff, 0x00, 0xfe, 0x0d]);
  const digest = (await hmac(SECRET, body)).toString("hex");
  expect(verify(plain, SECRET, received({ "X-Signature": digest }, { body }))).toBeNull();
});

test("what is literal in the template is signed as well", async () => {
  const version: typeof plain = { ...webflow, signed: "v0:{timestamp}:{body}." };
  const headers = await signedHeaders(version, (time) => `v0:${time}:${BODY}.`);
  expect(verify(version, SECRET, received(headers))).toBeNull();
  expect(verify({ ...version, signed: "v1:{timestamp}:{body}." }, SECRET, received(headers)))
    .toBe("mismatch");
});
