import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { DEFAULT_LIMIT } from "../../shared/dialects/lumenbase/limit-headers.ts";
import { DAILY_LIMITS } from "../../shared/dialects/lumenbase/openapi/guide.ts";
import { lumenbase } from "../support/dialects/lumenbase.ts";
import { asOwner } from "../support/workspace.ts";

const document = await lumenbase.document();
const operations = document.operations();

test("every function is in the document, but for the page that shows it", async () => {
  const folders = await readdir(new URL("../../functions", import.meta.url));
  const paths = new Set(operations.map(({ path }) => path));
  expect(folders.filter((name) => name.startsWith("v1-public-") && !paths.has(name)))
    .toEqual(["v1-public-docs"]);
});

test("secrets are written and never read", () => {
  const schemas = document.at<Record<string, Record<string, never>>>("#/components/schemas");
  const secrets = ["secret", "verify_token", "access_token", "refresh_token", "client_secret"];
  const held = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
    secrets.filter((secret) => secret in properties).map((secret) => [name, secret])
  );
  expect([...new Set(held.map(([name]) => name))])
    .toEqual(["CreateConnectedAccountBody", "CreateConnectorBody", "UpdateConnectorBody"]);
  expect(held).toHaveLength(9);
  for (const [name, secret] of held) {
    expect(document.at(`#/components/schemas/${name}/properties/${secret}/writeOnly`)).toBe(true);
  }
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
