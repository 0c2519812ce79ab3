import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { testGateway } from "../support/gateway.ts";
import { asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";

// A process loads what checks emails, domains and phone numbers when it first needs it.
test.each([
  ["a list by domain", "GET", "v1-public-companies?domain=WWW.acme.com", undefined, 200],
  ["an ingest", "POST", "v1-public-contacts", { email: "jane@example.com" }, 201],
  [
    "a batch",
    "POST",
    "v1-public-contacts-batch",
    { contacts: [{ phone: "+1-555-123-4567" }] },
    201,
  ],
])("%s can be the first request of a process", async (_, method, path, body, status) => {
  const { url } = await testGateway();
  const { api } = await testWorkspace({}, url);
  expect((await api.send(method, path, { body })).status).toBe(status);
});

test("so can a payload through a connector", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace, { preset: "zapier" });
  const { url } = await testGateway();
  const path = connector.url.split("/functions/v1/")[1] ?? "";
  const sent = await new ApiClient(url, null).post(path, { email: "lee@example.com" });
  expect([sent.status, sent.body.data.status], sent.text).toEqual([200, "accepted"]);
  const found = await workspace.api.get("v1-public-contacts-crud?email=lee@example.com");
  expect(found.body.data.pagination.total).toBe(1);
});

test("a process with little to do makes one connection", async () => {
  const name = `fresh-${randomUUID()}`;
  const database = new URL(databaseUrl("apiUrl"));
  database.searchParams.set("application_name", name);
  const { url } = await testGateway({ LUMENBASE_REQUEST_LOG: "off" }, database.href);
  const { api } = await testWorkspace({}, url);
  expect((await api.get("v1-public-contacts-crud")).status).toBe(200);
  expect((await api.post("v1-public-contacts", { email: "jane@example.com" })).status).toBe(201);
  const sessions = await asOwner(
    "select from pg_stat_activity where application_name = $1",
    [name],
  );
  expect(sessions).toHaveLength(1);
});
