import { expect, test } from "vitest";
import { shrunk } from "./shrink.ts";

const REQUEST = {
  method: "POST",
  path: "v1-public-deals?dry_run=true&x=1",
  body: { title: "a b c bad d", links: [{ id: 1 }, { id: 2, more: ["y"] }], note: "n" },
  headers: { "X-Request-Id": "1", "Idempotency-Key": "k" },
  valid: null,
};

test("leaves out all that does not matter", async () => {
  const smallest = await shrunk(
    REQUEST,
    async ({ body, path }) =>
      JSON.stringify(body).includes("bad") && JSON.stringify(body).includes('"id":2') &&
      path.includes("x=1"),
  );
  expect(smallest).toEqual({
    method: "POST",
    path: "v1-public-deals?x=1",
    body: { title: expect.stringMatching(/^.?.?bad.?.?$/), links: [{ id: 2 }] },
    headers: {},
    valid: null,
  });
});

test("keeps a request of which every part matters, and ends", async () => {
  expect(await shrunk(REQUEST, async () => false)).toEqual(REQUEST);
  expect((await shrunk(REQUEST, async () => true)).body).toEqual({});
});
