import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { generateApiKey, parseApiKey, sameHash } from "../../shared/auth/api-key.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FORMAT = /^lb_live_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

const many = Array.from({ length: 10_000 }, generateApiKey);
const { key, publicId, hash } = generateApiKey();
const positions = [...key].map((_, index) => index);

function withCharacter(index: number, character: string): string {
  return key.slice(0, index) + character + key.slice(index + 1);
}

/** The number that base62 digits stand for. */
function fromBase62(digits: string): bigint {
  return [...digits].reduce((sum, digit) => sum * 62n + BigInt(ALPHABET.indexOf(digit)), 0n);
}

describe("a generated key", () => {
  test("is lb_live_, a public id, a secret and a checksum", () => {
    expect(FORMAT.exec(key)?.[1]).toBe(publicId);
    expect(key).toHaveLength(8 + 12 + 1 + 43 + 6);
  });

  test("is known by the SHA-256 of the whole key", () => {
    expect(Buffer.from(hash)).toEqual(createHash("sha256").update(key).digest());
  });

  test("can be read back, 10,000 times", () => {
    const unread = many.filter((one) => {
      const parsed = parseApiKey(one.key);
      return parsed?.publicId !== one.publicId || !sameHash(parsed.hash, one.hash);
    });
    expect(unread).toEqual([]);
    expect(many.filter((one) => !FORMAT.test(one.key))).toEqual([]);
  });

  test("shares neither public id nor secret with 10,000 others", () => {
    expect(new Set(many.map((one) => one.publicId)).size).toBe(many.length);
    expect(new Set(many.map((one) => FORMAT.exec(one.key)?.[2])).size).toBe(many.length);
  });

  test("has a secret of 256 bits, each as often 0 as 1", () => {
    const ones = Array.from({ length: 256 }, () => 0);
    for (const one of many) {
      const secret = fromBase62(FORMAT.exec(one.key)?.[2] ?? "");
      expect(secret >> 256n).toBe(0n);
      [...secret.toString(2).padStart(256, "0")].forEach((bit, index) => {
        ones[index] = (ones[index] ?? 0) + Number(bit);
      });
    }
    // Ten standard deviations around the half of 10,000.
    expect(ones.filter((count) => count < 4_500 || count > 5_500)).toEqual([]);
  });
});

describe("a mistyped key is refused", () => {
  test("with any one character changed", () => {
    const accepted = positions.flatMap((index) =>
      [...ALPHABET, "_", "-", " "]
        .filter((character) => character !== key[index])
        .map((character) => withCharacter(index, character))
        .filter((typo) => parseApiKey(typo) !== null)
    );
    expect(accepted).toEqual([]);
  });

  test("with any one character dropped or doubled", () => {
    const typos = positions.flatMap((index) => [
      key.slice(0, index) + key.slice(index + 1),
      key.slice(0, index) + key.slice(index, index + 1) + key.slice(index),
    ]);
    expect(typos.filter((typo) => parseApiKey(typo) !== null)).toEqual([]);
  });

  test("with any two different characters swapped", () => {
    const typos = positions.flatMap((a) =>
      positions.filter((b) => b > a && key[a] !== key[b]).map((b) => {
        const characters = [...key];
        [characters[a], characters[b]] = [characters[b]!, characters[a]!];
        return characters.join("");
      })
    );
    expect(typos.length).toBeGreaterThan(1_000);
    expect(typos.filter((typo) => parseApiKey(typo) !== null)).toEqual([]);
  });

  test.each([
    ["nothing", ""],
    ["a space before", ` ${key}`],
    ["a line end after", `${key}\n`],
    ["another prefix", key.replace("lb_live_", "lb_test_")],
    ["upper case", key.toUpperCase()],
    ["two keys", key + key],
    ["the public id alone", key.slice(0, 20)],
    ["a letter that looks alike", withCharacter(30, "а")],
  ])("with %s", (_, typo) => {
    expect(parseApiKey(typo)).toBeNull();
  });
});

describe("sameHash", () => {
  const digest = (text: string) => createHash("sha256").update(text).digest();

  test.each([
    ["equal hashes", digest("a"), digest("a"), true],
    ["a Buffer and the same plain bytes", digest("a"), new Uint8Array(digest("a")), true],
    ["hashes of other texts", digest("a"), digest("b"), false],
    ["a prefix", digest("a"), digest("a").subarray(0, 31), false],
    ["nothing and a hash", new Uint8Array(), digest("a"), false],
  ])("of %s", (_, a, b, expected) => {
    expect(sameHash(a, b)).toBe(expected);
  });

  test("differs in the last bit alone", () => {
    const other = digest("a");
    other[31] = other[31]! ^ 1;
    expect(sameHash(digest("a"), other)).toBe(false);
  });
});
