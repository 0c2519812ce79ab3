import { describe, expect, test } from "vitest";
import { PUBLICATION } from "../../shared/dialects/lumenbase/openapi/publication.ts";
import { addresses } from "../../shared/openapi/publication.ts";

describe("where the contract is published", () => {
  test.each([
    [undefined, "/functions/v1"],
    ["", "/functions/v1"],
    ["https://api.lumenbase.io/functions/v1", "https://api.lumenbase.io/functions/v1"],
    ["https://api.lumenbase.io/functions/v1//", "https://api.lumenbase.io/functions/v1"],
    ["http://127.0.0.1:54321", "http://127.0.0.1:54321"],
  ])("with LUMENBASE_PUBLIC_URL %s it is %s", (LUMENBASE_PUBLIC_URL, server) => {
    expect(addresses(PUBLICATION, { LUMENBASE_PUBLIC_URL })).toMatchObject({
      servers: [{ url: server }],
      externalDocs: { url: `${server}/v1-public-docs` },
    });
  });

  test.each(["api.lumenbase.io", "ftp://api", "https://a/?b", "javascript:1", "https://a b"])(
    "an address like %s is refused",
    (LUMENBASE_PUBLIC_URL) => {
      expect(() => addresses(PUBLICATION, { LUMENBASE_PUBLIC_URL }))
        .toThrow("LUMENBASE_PUBLIC_URL must be");
    },
  );
});
