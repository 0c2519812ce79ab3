import { expect, test } from "vitest";
import { secret } from "../../shared/http/operation.ts";
import { requireSecret } from "../../shared/http/require-secret.ts";

const ROUTE = secret("A_SECRET");
const SECRET = "x".repeat(32);
const LONG = "32 or more characters without blanks";

function asked(authorization: string | null, env: Record<string, string | undefined>): void {
  const headers = new Headers();
  if (authorization !== null) headers.set("authorization", authorization);
  requireSecret(new Request("http://localhost/worker", { headers }), ROUTE, env);
}

test.each([
  [{}, "A_SECRET is not set, so nobody can be let in here."],
  [{ A_SECRET: "" }, "A_SECRET is not set, so nobody can be let in here."],
  [{ A_SECRET: "short" }, `A_SECRET is not ${LONG}, so nobody can be let in here.`],
  [{ A_SECRET: `${SECRET} ` }, `A_SECRET is not ${LONG}, so nobody can be let in here.`],
])("with %j nobody is let in, whatever is shown", (env, message) => {
  for (const shown of [null, "Bearer ", "Bearer short", `Bearer ${SECRET}`]) {
    expect(() => asked(shown, env)).toThrow(
      expect.objectContaining({ kind: "unavailable", message }),
    );
  }
});

test.each([`Bearer ${SECRET}`, `bearer  ${SECRET}  `])("%j is let in", (shown) => {
  expect(() => asked(shown, { A_SECRET: SECRET })).not.toThrow();
});

test.each([
  null,
  "",
  SECRET,
  "Bearer",
  `Basic ${SECRET}`,
  `Bearer ${SECRET}x`,
  `Bearer ${SECRET.slice(1)}`,
  `Bearer ${SECRET} ${SECRET}`,
])("%j is refused", (shown) => {
  expect(() => asked(shown, { A_SECRET: SECRET }))
    .toThrow(expect.objectContaining({ kind: "unauthenticated" }));
});
