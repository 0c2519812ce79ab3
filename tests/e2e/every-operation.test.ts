import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import type { ContractOperation } from "../support/contract-document.ts";
import { described } from "../support/dialects/index.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { WITHOUT_KEY } from "../support/operations-without-key.ts";
import { casesOf, goodRequest, successOf } from "../support/operation-requests.ts";
import { spreadNumbers } from "../support/record-numbers.ts";
import { type RunningStack, startStack } from "../support/stack.ts";
import { useDatabase } from "../support/workspace.ts";

/** An operation as the references list it. */
interface Route {
  api: "lumenbase" | "leadhub" | "crm" | "lio";
  method: string;
  path: string;
}

const file = new URL("../contract/reference-routes.json", import.meta.url);
const routes = JSON.parse(readFileSync(file, "utf8")) as Route[];
const apis = await described();

let stack: RunningStack | undefined;
let leave: (() => Promise<void>) | undefined;
beforeAll(async () => {
  stack = await startStack({ env: { ...FUNCTIONS_ENVIRONMENT, ...inject("services") } });
  const { databaseUrl, baseUrl } = stack;
  // The records of examples have numbers of their own.
  await spreadNumbers(databaseUrl);
  leave = useDatabase(databaseUrl, databaseUrl, new URL(baseUrl).origin);
});
afterAll(async () => {
  await leave?.();
  await stack?.stop();
});

/** What a parameter is called makes no difference to a request. */
const shapeOf = (method: string, path: string) =>
  `${method} ${path.replace("/functions/v1/", "").replaceAll(/\{\w+\}/g, "{}")}`;

test("the references have 272 operations", () => {
  expect(new Set(routes.map(({ method, path }) => shapeOf(method, path))).size).toBe(272);
});

describe.each(apis)("$name", ({ dialect, all }) => {
  const byShape = new Map(all.map((one) => [shapeOf(one.method, one.path), one]));
  // What ends what the others need comes last.
  const endsOthers = ({ method, path }: Route) =>
    Number(dialect.apart?.includes(byShape.get(shapeOf(method, path))?.id ?? "") ?? false);
  const own = routes.filter(({ api }) => api === dialect.keys)
    .toSorted((a, b) => endsOthers(a) - endsOthers(b));
  let world: ReturnType<typeof dialect.world> | undefined;
  let made = 5_000;

  test.each(own)("$method $path works on a stack that npm start runs", async ({ method, path }) => {
    const operation = byShape.get(shapeOf(method, path));
    if (operation === undefined) throw new Error("the contract does not have it");
    const answer = operation.scope === null
      ? await withoutKey(operation)
      : await withKey(operation);
    expect(answer.status, answer.text).toBe(successOf(operation));
  });

  async function withKey(operation: ContractOperation): Promise<ApiResponse> {
    const its = await (world ??= dialect.world(null, 0));
    const [one] = casesOf([operation]);
    if (one === undefined) throw new Error("an operation makes no case");
    const { path, body } = await goodRequest(dialect, its, one, made++);
    return await its.api.send(operation.method, path, { body });
  }

  async function withoutKey({ id }: ContractOperation): Promise<ApiResponse> {
    const send = WITHOUT_KEY[id];
    if (send === undefined) throw new Error(`no request of ${id} is known`);
    return await send();
  }
});
