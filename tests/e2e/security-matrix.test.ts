import { readdirSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { generateApiKey } from "../../shared/auth/api-key.ts";
import { ApiClient } from "../support/api-client.ts";
import { described } from "../support/dialects/index.ts";
import { snapshotOf } from "../support/snapshot.ts";
import {
  casesOf,
  goodRequest,
  idsAmong,
  missingTarget,
  type OperationCase,
  pathOfCase,
  pathParameters,
  successOf,
} from "../support/operation-requests.ts";

const apis = await described();

test("the matrix knows every deployed function", () => {
  const covered = new Set(
    apis.flatMap(({ all }) => all.map(({ path }) => path.split("/")[0] ?? "")),
  );
  expect(readdirSync("functions").sort()).toEqual([...covered, "v1-public-docs"].sort());
});

describe.each(apis)("$name", ({ dialect, operations, all }) => {
  const cases = casesOf(operations);
  // One workspace for all of these: each test makes the record that it works on.
  const shared = dialect.world(null, 0);
  const used = dialect.limited(1, 1);
  let made = 0;

  async function request(one: OperationCase) {
    const world = await shared;
    const { workspace, api } = world;
    return { workspace, api, ...await goodRequest(dialect, world, one, made++) };
  }

  // A record that nobody has; every check that comes before the record is looked up refuses first.
  async function refusable(one: OperationCase) {
    const world = await shared;
    const { workspace, api } = world;
    const target = world.targets(one.operation).at(-1) ?? {};
    const { method, body } = one.operation;
    const path = pathOfCase(one, target, world.given(one.operation));
    const sent = body && dialect.goodBody(one.operation);
    return {
      workspace,
      path,
      send: (client: ApiClient, headers: Record<string, string> = {}) =>
        client.send(method, path, { body: sent, headers }),
      clientOf: async (options: object) =>
        await workspace.apiWith({ api: dialect.keys, rateLimit: 100_000, ...options }),
      nobody: new ApiClient(api.baseUrl, null),
    };
  }

  describe.each(cases)("$name", (one) => {
    const { operation } = one;
    const { method, scope } = operation;
    const needed = scope ?? "";

    test("works with exactly its scope", async () => {
      const { workspace, path, body } = await request(one);
      const api = await workspace.apiWith({ api: dialect.keys, scopes: [needed] });
      const response = await api.send(method, path, { body });
      expect(response.status, response.text).toBe(successOf(operation));
      dialect.expectSuccess(operation, response);
    });

    test("refuses no key, a mistyped key, an unknown key and one of another API with 401", async () => {
      const { workspace, send, nobody } = await refusable(one);
      const real = await workspace.key({ api: dialect.keys });
      const others = apis.filter((other) => other.dialect.keys !== dialect.keys)
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
        dialect.expectError(response, "unauthenticated");
        expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
      }
    });

    test("refuses a revoked and an expired key with 401", async () => {
      const { send, clientOf } = await refusable(one);
      const past = new Date(Date.now() - 1000);
      dialect.expectError(await send(await clientOf({ revokedAt: past })), "unauthenticated");
      dialect.expectError(await send(await clientOf({ expiresAt: past })), "unauthenticated");
    });

    test("refuses an address the key does not allow with 403, also a forged one", async () => {
      const { send, clientOf } = await refusable(one);
      const elsewhere = await clientOf({ allowedIps: ["203.0.113.0/24", "2001:db8::/32"] });
      dialect.expectError(await send(elsewhere), "forbidden");
      const forged = { "x-forwarded-for": "203.0.113.7" };
      dialect.expectError(await send(elsewhere, forged), "forbidden");
      const here = await clientOf({ allowedIps: ["127.0.0.1/32"] });
      const { path, body } = await request(one);
      expect((await here.send(method, path, { body })).status).toBe(successOf(operation));
    });

    test("refuses a key with every other scope with 403 that names the scope", async () => {
      const { send, clientOf } = await refusable(one);
      const scopes = dialect.scopes.filter((given) => !dialect.covers(given, needed));
      const response = await send(await clientOf({ scopes }));
      dialect.expectError(response, "forbidden");
      expect(dialect.neededScope(response)).toBe(needed);
    });

    test.each(dialect.broad)("scope %s opens what it covers, and nothing else", async (given) => {
      const { workspace, path, body } = await request(one);
      const api = await workspace.apiWith({ api: dialect.keys, scopes: [given] });
      const { status } = await api.send(method, path, { body });
      expect(status).toBe(dialect.covers(given, needed) ? successOf(operation) : 403);
    });

    test("refuses other methods with 405 and says which it takes", async () => {
      const { path } = await refusable(one);
      const allowed = new Set(
        all.filter((other) => other.path === operation.path).map((other) => other.method),
      );
      const other = ["PUT", "POST", "PATCH"].find((verb) => !allowed.has(verb)) ?? "";
      const { api } = await shared;
      const response = await api.send(other, path.split("?")[0] ?? "", { body: {} });
      dialect.expectError(response, "method_not_allowed");
      const named = response.headers.get("allow")?.split(", ");
      expect(named?.sort()).toEqual([...allowed, "OPTIONS"].sort());
    });

    test("refuses once over the limit with 429, before looking at the request", async () => {
      const nonsense = Object.fromEntries(one.names.map((name) => [name, "nonsense"]));
      const response = await (await used).send(method, pathOfCase(one, nonsense), {
        body: operation.body === undefined ? undefined : { nonsense: true },
      });
      dialect.expectError(response, "limited");
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(response.headers.get("x-ratelimit-limit")).toBe("1");
      expect(response.headers.get("x-ratelimit-remaining")).toBe("0");
    });

    test("gives every request an id and keeps a valid one of the client", async () => {
      const { send, clientOf } = await refusable(one);
      const scopes = dialect.scopes.filter((given) => !dialect.covers(given, needed));
      const refused = await clientOf({ scopes });
      const kept = await send(refused, { "x-request-id": "trace.42:a_b-c" });
      dialect.expectError(kept, "forbidden");
      expect(kept.headers.get("x-request-id")).toBe("trace.42:a_b-c");
      const replaced = await send(refused, { "x-request-id": "no spaces" });
      expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  describe.each(cases.filter(({ operation }) => operation.body))("$name", (one) => {
    const { operation } = one;
    const { method } = operation;

    test("takes a body up to its limit and refuses one byte more with 413", async () => {
      const { api, path, body } = await request(one);
      const limit = dialect.bodyLimit(operation);
      const send = (bytes: number) =>
        api.send(method, path, { raw: JSON.stringify(body).padEnd(bytes, " ") });
      const response = await send(limit);
      expect(response.status, response.text).toBe(successOf(operation));
      dialect.expectError(await send(limit + 1), "too_large");
    });

    test("refuses what is not JSON with 415", async () => {
      const { send } = await refusable(one);
      const { api } = await shared;
      for (
        const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
      ) {
        dialect.expectError(await send(api, { "content-type": type }), "unsupported_type");
      }
    });
  });

  describe.each(cases.filter(({ names }) => names.length > 0))("$name", (one) => {
    const { operation } = one;
    const { method } = operation;
    const theirs = dialect.world(null, 0);

    test("answers a record of another workspace like one that does not exist", async () => {
      const [mine, other] = [await shared, await theirs];
      const target = await other.fresh(operation);
      const before = await snapshotOf(other.workspace.id);
      const body = operation.body && dialect.goodBody(operation, made++);
      const send = (to: typeof target) => mine.api.send(method, pathOfCase(one, to), { body });
      const foreign = await send(target);
      const missing = await send({ ...target, ...await missingTarget(dialect, one) });
      dialect.expectError(foreign, "not_found");
      dialect.expectError(missing, "not_found");
      expect(nameless(dialect.message(foreign))).toBe(nameless(dialect.message(missing)));
      expect(await snapshotOf(other.workspace.id)).toEqual(before);
    });

    test("refuses an id that is none", async () => {
      const world = await shared;
      const target = world.targets(operation).at(-1) ?? {};
      const body = operation.body && dialect.goodBody(operation);
      const name = idsAmong(one.names).at(-1) ?? "id";
      for (const id of dialect.notIds) {
        // An empty one in a path is another path.
        if (id === "" && pathParameters(operation).includes(name)) continue;
        const path = pathOfCase(one, { ...target, [name]: id });
        dialect.expectNoId(await world.api.send(method, path, { body }));
      }
    });
  });
});

/** A message without the id that it names. */
function nameless(message: string): string {
  return message.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "");
}
