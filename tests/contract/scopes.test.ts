import { describe, expect, test } from "vitest";
import type { ApiClient } from "../support/api-client.ts";
import { described } from "../support/dialects/index.ts";
import { pathOf } from "../support/operation-requests.ts";

describe.each(await described())("$name", ({ dialect, validator, operations, all }) => {
  const clients = dialect.client().then(async ({ workspace, api }) => {
    const made = new Map<string, ApiClient>();
    for (const scope of dialect.scopes) {
      const key = await workspace.key({ api: dialect.keys, scopes: [scope], rateLimit: 100_000 });
      made.set(scope, api.withKey(key));
    }
    return made;
  });

  test.each(operations)("$id takes keys with $scope and no others", async (operation) => {
    const { method, scope, body } = operation;
    const needed = scope ?? "";
    const path = `${pathOf(operation, {}).split("?")[0]}?unknown=1`;
    for (const [given, api] of await clients) {
      const answer = await api.send(method, path, body ? { body: {} } : {});
      const allowed = dialect.covers(given, needed, operation.id);
      expect([given, answer.status !== 403], answer.text).toEqual([given, allowed]);
      dialect.expectError(answer, allowed ? "invalid" : "forbidden");
      expect(allowed || answer.text.includes(needed), answer.text).toBe(true);
      expect(validator.undeclared(operation, answer)).toEqual([]);
    }
  });

  test.each(operations)("$id needs a key", async (operation) => {
    const [nobody] = Array.from((await clients).values(), (client) => client.withKey(null)) as [
      ApiClient,
    ];
    const { method, body } = operation;
    const answer = await nobody.send(method, pathOf(operation, {}), body ? { body: {} } : {});
    dialect.expectError(answer, "unauthenticated");
    expect(validator.undeclared(operation, answer)).toEqual([]);
  });

  test("what is declared public needs no key", async () => {
    const [nobody] = Array.from((await clients).values(), (client) => client.withKey(null)) as [
      ApiClient,
    ];
    const open = all.filter(({ scope }) => scope === null);
    expect(open.map(({ id }) => id)).toEqual(dialect.open);
    for (
      const operation of open.filter((one) => one.body === undefined && !one.path.includes("{"))
    ) {
      const { method, path } = operation;
      const answer = await nobody.send(method, path, {});
      expect(answer.status).toBe(200);
      expect(validator.undeclared(operation, answer)).toEqual([]);
    }
  });
});
