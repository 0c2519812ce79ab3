import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { requestHashes } from "../../shared/auth/request-hashes.ts";

const [OLD, NEW] = ["one", "two"].map((text) => Buffer.alloc(32, text).toString("base64"));
const plain = createHash("sha256").update("a request").digest();

test("a request has the same hash each time, and no other has it", () => {
  const of = requestHashes(OLD);
  expect(of("a request")).toEqual(of("a request"));
  expect(of("a request")).not.toEqual(of("another request"));
});

test("what was kept before the key was replaced is known afterwards", () => {
  const [before] = requestHashes(OLD)("a request");
  const [first, ...others] = requestHashes(`${NEW},${OLD}`)("a request");
  expect(first).not.toEqual(before);
  expect(others).toEqual([before]);
});

test("only without a key is the hash one that anybody can make", () => {
  expect(requestHashes(undefined)("a request")).toEqual([plain]);
  expect(requestHashes(OLD)("a request")).not.toContainEqual(plain);
});

test("a wrong key is told", () => {
  expect(() => requestHashes("x")).toThrow("Key 1 of LUMENBASE_ENCRYPTION_KEY");
});
