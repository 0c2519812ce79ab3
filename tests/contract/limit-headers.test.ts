import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { described } from "../support/dialects/index.ts";
import { casesOf, pathOfCase } from "../support/operation-requests.ts";

/** Few enough that none is counted ahead. */
const LIMIT = 199;

describe.each(await described())("$name", ({ dialect, operations, all }) => {
  const { requests, seconds } = dialect.limit;

  function told({ headers }: Pick<ApiResponse, "headers">): number[] {
    return ["limit", "remaining"].map((name) => Number(headers.get(`x-ratelimit-${name}`)));
  }

  // Users have no limit of their own that a test could set.
  test.each(dialect.userLimit ? [] : [dialect.name])(
    "of %s, every request with a key counts once, whatever it is answered, and says what is left",
    async () => {
      const api = await dialect.limited(LIMIT, 0);
      const statuses = new Set<number>();
      let left = LIMIT;
      for (const one of casesOf(operations)) {
        const { method, body } = one.operation;
        for (const query of [{}, { unknown: "1" }] as Record<string, string>[]) {
          const answer = await api.send(
            method,
            pathOfCase(one, {}, query),
            body ? { body: {} } : {},
          );
          expect([one.name, ...told(answer)]).toEqual([one.name, LIMIT, --left]);
          const reset = Number(answer.headers.get("x-ratelimit-reset")) - Date.now() / 1000;
          expect(reset).toBeGreaterThan(0);
          expect(reset).toBeLessThanOrEqual(2 * seconds);
          statuses.add(answer.status);
        }
      }
      const [invalid] = dialect.refusals.invalid;
      expect([...statuses]).toEqual(expect.arrayContaining([200, invalid, 404]));
    },
  );

  test("an answer that is nobody's shows the default limit, of which nothing is used", async () => {
    const { workspace, api } = await dialect.client();
    const nobody = api.withKey(null);
    const open = all.find(({ scope, path, body }) =>
      scope === null && body === undefined && !path.includes("{")
    );
    const first = operations.find(({ method }) => method === "GET");
    const answers = [
      await nobody.send("GET", dialect.contract, {}),
      await nobody.send("GET", dialect.page, {}),
      await nobody.send("GET", open!.path, {}),
      await nobody.send("PATCH", dialect.contract, {}),
      await nobody.send("GET", `${first!.path.split("/")[0]}/nowhere`, {}),
      await nobody.send(first!.method, first!.path, {}),
      await nobody.send("OPTIONS", first!.path, {}),
      await api.withKey(`${await workspace.key({ api: dialect.keys })}x`)
        .send(first!.method, first!.path, {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 405, 404, 401, 204, 401]);
    expect(answers.map(told)).toEqual(answers.map(() => [requests, requests]));
  });
});
