import { describe, expect, inject, test } from "vitest";
import { described } from "../support/dialects/index.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import crm from "./crm-routes.json" with { type: "json" };
import leadhub from "./leadhub-routes.json" with { type: "json" };
import lio from "./lio-routes.json" with { type: "json" };
import lumenbase from "./lumenbase-routes.json" with { type: "json" };

interface Route {
  method: string;
  path: string;
  scope: string | null;
}

/** The operations of each reference, and how many they are. */
const REFERENCES: Record<string, [Route[], number]> = {
  Lumenbase: [lumenbase, 24],
  LeadHub: [leadhub, 60],
  "CRM HTTP API": [crm, 34],
  LIO: [lio, 161],
};
const EXAMPLES = 2;

describe.each(await described())("$name", ({ name, dialect, document, validator, all }) => {
  const url = `${inject("gatewayUrl")}/functions/v1/${dialect.contract}`;

  test("every operation of the reference is in the document, with its scope", () => {
    const [routes, length] = REFERENCES[name]!;
    const scopes = new Map(
      all.map(({ method, path, scope }) => [`${method} /functions/v1/${path}`, scope]),
    );
    expect(routes).toHaveLength(length);
    expect(routes.map(({ method, path }) => [method, path, scopes.get(`${method} ${path}`)]))
      .toEqual(routes.map(({ method, path, scope }) => [method, path, scope]));
  });

  test("operations have names of their own, and keep name, scope and successes", () => {
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const told = all.map(({ id, scope, responses }) =>
      `${id}: ${scope}, ${Object.keys(responses).filter((status) => status < "300").join(" ")}`
    );
    expect(told).toMatchSnapshot();
  });

  test("every error of the API is in the document, with its status", () => {
    const statuses = new Map<string, Set<number>>();
    for (const operation of all) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        const codes = dialect.codes?.(document, content?.schema ?? {}) ?? [status];
        for (const code of status < "400" ? [] : codes) {
          statuses.set(code, (statuses.get(code) ?? new Set()).add(Number(status)));
        }
      }
    }
    const found = Object.fromEntries([...statuses].map(([code, some]) => [code, [...some]]));
    const expected = Object.values(dialect.refusals).map(([status, code]) => [
      dialect.codes === null ? status : code,
      [status],
    ]);
    const { invalidRequest } = dialect;
    if (invalidRequest !== undefined) expected.push([invalidRequest, [invalidRequest]]);
    expect(found).toEqual(Object.fromEntries(expected));
  });

  test("the examples of answers are valid", () => {
    const examples = all.flatMap(({ id, responses }) =>
      Object.values(responses).flatMap(({ content }) =>
        (content?.examples ?? []).map((example) => ({ id, example, pointer: content!.pointer }))
      )
    );
    expect(examples.length).toBeGreaterThan(EXAMPLES);
    expect(
      examples.flatMap(({ id, example, pointer }) =>
        validator.mistakes(pointer, example).map((mistake) => `${id}: ${mistake}`)
      ),
    ).toEqual([]);
  });

  test("it may be kept, and is not sent again to who has it", async () => {
    const first = await fetch(url);
    const etag = (first.headers.get("etag") ?? "").replace(/^W\//, "");
    expect(first.headers.get("cache-control")).toBe("public, max-age=300");
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    expect((await fetch(url, { headers: { "if-none-match": `W/${etag}` } })).status).toBe(304);
    expect((await fetch(url, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
    expect(await (await fetch(url)).text()).toBe(await first.text());
  });

  test("it does not take an address from the request", async () => {
    const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" };
    const { servers } = await (await fetch(url, { headers })).json() as { servers: unknown[] };
    expect(servers).toEqual([
      {
        url: FUNCTIONS_ENVIRONMENT.LUMENBASE_PUBLIC_URL,
        description: "The functions of this deployment",
      },
    ]);
  });
});
