import { describe, expect, test } from "vitest";
import { publication } from "../../shared/dialects/lumenbase/openapi/publication.ts";

describe("where the contract is published", () => {
  test.each([
    [undefined, "/functions/v1"],
    ["", "/functions/v1"],
    ["https://api.lumenbase.io/functions/v1", "https://api.lumenbase.io/functions/v1"],
    ["https://api.lumenbase.io/functions/v1//", "https://api.lumenbase.io/functions/v1"],
    ["http://127.0.0.1:54321", "http://127.0.0.1:54321"],
  ])("with LUMENBASE_PUBLIC_URL %s it is %s", (LUMENBASE_PUBLIC_URL, server) => {
    expect(publication({ LUMENBASE_PUBLIC_URL }).server).toBe(server);
  });

  test.each(["api.lumenbase.io", "ftp://api", "https://a/?b", "javascript:1", "https://a b"])(
    "an address like %s is refused",
    (LUMENBASE_PUBLIC_URL) => {
      expect(() => publication({ LUMENBASE_PUBLIC_URL })).toThrow("LUMENBASE_PUBLIC_URL must be");
    },
  );
});
