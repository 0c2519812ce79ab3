import { readdir } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { ERROR_STATUS } from "../../shared/dialects/lumenbase/errors.ts";
import { DEFAULT_LIMIT } from "../../shared/dialects/lumenbase/limit-headers.ts";
import { DAILY_LIMITS } from "../../shared/dialects/lumenbase/openapi/guide.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { ContractValidator } from "../support/contract-validator.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { asOwner } from "../support/workspace.ts";
import routes from "./lumenbase-routes.json" with { type: "json" };

const document = await ContractDocument.fetched();
const operations = document.operations();
const url = `${inject("gatewayUrl")}/functions/v1/v1-public-openapi`;

test("every operation of the reference is in the document", () => {
  const described = new Set(
    operations.map(({ method, path }) => `${method} /functions/v1/${path}`),
  );
  expect(routes).toHaveLength(24);
  expect(
    routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !described.has(route)),
  ).toEqual([]);
});

test("every function is in the document, but for the page that shows it", async () => {
  const folders = await readdir(new URL("../../functions", import.meta.url));
  const described = new Set(operations.map(({ path }) => path));
  expect(folders.filter((name) => name.startsWith("v1-public-") && !described.has(name)))
    .toEqual(["v1-public-docs"]);
});

test("operations have names of their own", () => {
  const ids = operations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toMatchSnapshot();
});

test("every error of the API is in the document, with its status", () => {
  const statuses = new Map<string, Set<number>>();
  for (const operation of operations) {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      for (const code of codesOf(content?.schema ?? {})) {
        statuses.set(code, (statuses.get(code) ?? new Set()).add(Number(status)));
      }
    }
  }
  const found = Object.fromEntries([...statuses].map(([code, all]) => [code, [...all]]));
  const expected = Object.entries(ERROR_STATUS).map(([code, status]) => [code, [status]]);
  expect(found).toEqual(Object.fromEntries(expected));
});

test("the examples of answers are valid", () => {
  const validator = new ContractValidator(document);
  const examples = operations.flatMap(({ id, responses }) =>
    Object.values(responses).flatMap(({ content }) =>
      (content?.examples ?? []).map((example) => ({ id, example, pointer: content!.pointer }))
    )
  );
  expect(examples.length).toBeGreaterThan(10);
  expect(
    examples.flatMap(({ id, example, pointer }) =>
      validator.mistakes(pointer, example).map((mistake) => `${id}: ${mistake}`)
    ),
  ).toEqual([]);
});

test("secrets are written and never read", () => {
  const schemas = document.at<Record<string, Record<string, never>>>("#/components/schemas");
  const secrets = ["secret", "verify_token", "access_token"];
  const holders = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
    secrets.some((secret) => secret in properties) ? [name] : []
  );
  expect(holders).toEqual(["CreateConnectorBody", "UpdateConnectorBody"]);
  const written = holders.flatMap((name) =>
    secrets.map((secret) =>
      document.at(`#/components/schemas/${name}/properties/${secret}/writeOnly`)
    )
  );
  expect(written).toEqual(Array(6).fill(true));
});

test("a connector token opens what goes through a connector, and nothing else", () => {
  const paths = document.at<Record<string, Record<string, { operationId: string }>>>("#/paths");
  const open = Object.values(paths).flatMap((methods) => Object.values(methods))
    .filter((operation) => JSON.stringify(operation).includes('"connectorToken"'))
    .map(({ operationId }) => operationId);
  expect(open).toEqual([
    "handshakeActivity",
    "createActivity",
    "handshakeContact",
    "ingestContact",
  ]);
});

test("the limits it tells are those of a new workspace", async () => {
  const [limits] = await asOwner(
    `insert into crm.workspaces (slug, name) values ('contract-limits', 'x')
     returning requests_per_minute, contacts_per_day, activities_per_day`,
  );
  expect(limits).toEqual({ requests_per_minute: DEFAULT_LIMIT, ...DAILY_LIMITS });
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

function codesOf(schema: Record<string, unknown>): string[] {
  const { anyOf = [schema] } = schema as { anyOf?: unknown[] };
  return anyOf.flatMap((one) => {
    const { properties } = document.resolved<{ properties?: Record<string, unknown> }>(one);
    const error = properties?.error as { properties?: { code?: { const?: string } } } | undefined;
    return error?.properties?.code?.const ?? [];
  });
}
