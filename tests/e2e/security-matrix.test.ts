import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { generateApiKey } from "../../shared/auth/api-key.ts";
import { described } from "../support/dialects/index.ts";
import { MatrixWorld } from "../support/matrix-world.ts";
import { casesOf, pathOfCase, successOf } from "../support/operation-requests.ts";

const apis = await described();
const PAST = new Date(Date.now() - 1000);

test("the matrix knows every deployed function", () => {
  const covered = new Set(
    apis.flatMap(({ all }) => all.map(({ path }) => path.split("/")[0] ?? "")),
  );
  // What anybody may read, where people sign in, what a secret of the deployment opens (worker.test.ts), and
  // the tools of mcp (mcp-isolation.test.ts).
  const others = ["auth", "console", "mcp", "v1-public-docs", "worker"];
  expect(readdirSync("functions").sort()).toEqual([...covered, ...others].sort());
});

describe.each(apis)("$name", ({ dialect, operations, all }) => {
  const cases = casesOf(operations);
  const { expectError } = dialect;
  const shared = new MatrixWorld(dialect);

  describe.each(cases)("$name", (one) => {
    const { operation } = one;
    const { method, scope } = operation;
    const needed = scope ?? "";

    test("works with exactly its scope", async () => {
      const { world, workspace, target, path, body } = await shared.request(one);
      const api = await workspace.apiWith({ api: dialect.keys, scopes: [needed] });
      await dialect.give?.(operation, world, target, api);
      const response = await api.send(method, path, { body });
      expect(response.status, response.text).toBe(successOf(operation));
      dialect.expectSuccess(operation, response);
    });

    test("refuses no key, a mistyped key, an unknown key and one of another API with 401", async () => {
      const { workspace, send, nobody } = await shared.refusable(one);
      const real = await workspace.key({ api: dialect.keys });
      // Tokens of LIO's users are let in by role (roles.test.ts).
      const takesTokens = ["Lumenbase", "LeadHub"].includes(dialect.name);
      const others = apis.filter((other) => other.dialect.keys !== dialect.keys)
        .filter(({ name }) => !(takesTokens && name === "LIO"))
        .map((other) => workspace.key({ api: other.dialect.keys }));
      const headers = [
        {},
        { authorization: `Basic ${btoa("user:password")}` },
        { authorization: `Bearer ${real.slice(0, -1)}${real.endsWith("0") ? "1" : "0"}` },
        { authorization: `Bearer ${generateApiKey(dialect.keys).key}` },
        { authorization: "Bearer" },
        ...(await Promise.all(others)).map((key) => ({ authorization: `Bearer ${key}` })),
      ];
      for (const header of headers) {
        const response = await send(nobody, header as Record<string, string>);
        expectError(response, "unauthenticated");
        expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
      }
    });

    test("refuses a revoked and an expired key with 401", async () => {
      const { send, clientOf } = await shared.refusable(one);
      expectError(await send(await clientOf({ revokedAt: PAST })), "unauthenticated");
      expectError(await send(await clientOf({ expiresAt: PAST })), "unauthenticated");
    });

    // A token of a user is good from everywhere.
    test.each(dialect.unknownKey === undefined ? ["a key"] : [])(
      "refuses an address %s does not allow with 403, also a forged one",
      async () => {
        const { send, clientOf } = await shared.refusable(one);
        const elsewhere = await clientOf({ allowedIps: ["203.0.113.0/24", "2001:db8::/32"] });
        expectError(await send(elsewhere), "forbidden");
        const forged = { "x-forwarded-for": "203.0.113.7" };
        expectError(await send(elsewhere, forged), "forbidden");
        const here = await clientOf({ allowedIps: ["127.0.0.1/32"] });
        const { path, body } = await shared.request(one);
        expect((await here.send(method, path, { body })).status).toBe(successOf(operation));
      },
    );

    test("refuses a key with every other scope with 403 that names the scope", async () => {
      const { send, clientOf } = await shared.refusable(one);
      const scopes = dialect.scopes.filter((given) => !dialect.covers(given, needed, operation.id));
      const response = await send(await clientOf({ scopes }));
      expectError(response, "forbidden");
      // A right that every user has is refused to those alone who are not active.
      expect(dialect.neededScope(response)).toBe(scopes.length > 0 ? needed : undefined);
    });

    test.each(dialect.broad)("scope %s opens what it covers, and nothing else", async (given) => {
      const { workspace, path, body } = await shared.request(one);
      const api = await workspace.apiWith({ api: dialect.keys, scopes: [given] });
      const { status } = await api.send(method, path, { body });
      expect(status).toBe(dialect.covers(given, needed, operation.id) ? successOf(operation) : 403);
    });

    test("refuses other methods with 405 and says which it takes", async () => {
      const { path } = await shared.refusable(one);
      const allowed = new Set(
        all.filter((other) => other.path === operation.path).map((other) => other.method),
      );
      const other = ["PUT", "POST", "PATCH"].find((verb) => !allowed.has(verb)) ?? "";
      const { api } = await shared.world;
      const response = await api.send(other, path.split("?")[0] ?? "", { body: {} });
      expectError(response, "method_not_allowed");
      const named = response.headers.get("allow")?.split(", ");
      expect(named?.sort()).toEqual([...allowed, "OPTIONS"].sort());
    });

    test(
      "refuses once over the limit with 429, before looking at the request",
      async () => {
        const nonsense = Object.fromEntries(one.names.map((name) => [name, "nonsense"]));
        const response = await (await dialect.limited(1, 1)).send(
          method,
          pathOfCase(one, nonsense),
          {
            body: operation.body === undefined ? undefined : { nonsense: true },
          },
        );
        expectError(response, "limited");
        expect(Number(response.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
        expect(response.headers.get("x-ratelimit-limit")).toBe(String(dialect.userLimit ?? 1));
        expect(response.headers.get("x-ratelimit-remaining")).toBe("0");
      },
    );

    test("gives every request an id and keeps a valid one of the client", async () => {
      const { send, clientOf } = await shared.refusable(one);
      const scopes = dialect.scopes.filter((given) => !dialect.covers(given, needed, operation.id));
      const refused = await clientOf({ scopes });
      const kept = await send(refused, { "x-request-id": "trace.42:a_b-c" });
      expectError(kept, "forbidden");
      expect(kept.headers.get("x-request-id")).toBe("trace.42:a_b-c");
      const replaced = await send(refused, { "x-request-id": "no spaces" });
      expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    });
  });
});
