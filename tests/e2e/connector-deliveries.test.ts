import { expect, test } from "vitest";
import { testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const DELIVERIES = "v1-public-connector-deliveries";
const EVENT = { id: "evt-1", contact: { mail: "jane@acme.com" } };
const WRONG = { target: "contact", field_map: { email: "person.mail" }, event_id: "id" };
const RIGHT = { field_map: { email: "contact.mail" } };

test("what the mapping cannot use is kept, listed, and replayed after the mapping is mended", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, WRONG);
  const refused = await connector.send(EVENT);
  expect(refused.status, refused.text).toBe(200);
  const { delivery_id: id, status, error: told } = refused.body.data;
  expect(status).toBe("failed");
  expect(told.fields[0].field).toBe("email");

  const list = await api.get(`${DELIVERIES}?status=failed&connector_id=${connector.id}`);
  expect(list.body.data.items).toEqual([{
    id,
    connector_id: connector.id,
    event_id: "evt-1",
    status: "failed",
    attempts: 1,
    content_type: "application/json",
    mapped: {},
    error: { code: "VALIDATION_ERROR", message: expect.any(String), fields: expect.any(Array) },
    warnings: [],
    outcome: null,
    contact_id: null,
    activity_id: null,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  }]);
  const one = await api.get(`${DELIVERIES}?id=${id}`);
  expect(one.body.data).toMatchObject({
    body: JSON.stringify(EVENT),
    body_encoding: "utf-8",
    looked_up: null,
  });

  const replay = `${DELIVERIES}?id=${id}`;
  expect((await api.send("POST", replay, {})).status).toBe(400);
  expect((await api.patch(`v1-public-connectors?id=${connector.id}`, RIGHT)).status).toBe(200);
  const rehearsed = await api.send("POST", `${replay}&dry_run=true`, {});
  expect(rehearsed.body.data).toMatchObject({
    dry_run: true,
    outcome: "created",
    mapped: { email: "jane@acme.com" },
    event_id: "evt-1",
  });
  const replayed = await api.send("POST", replay, {});
  expect(replayed.status, replayed.text).toBe(201);
  expect(replayed.body.data).toMatchObject({ email: "jane@acme.com", delivery_id: id });
  const kept = (await api.get(`${DELIVERIES}?id=${id}`)).body.data;
  expect(kept).toMatchObject({
    status: "accepted",
    attempts: 3,
    mapped: { email: "jane@acme.com" },
    error: null,
    outcome: "created",
    contact_id: replayed.body.data.id,
  });
  expectError(await api.send("POST", replay, {}), 409, "CONFLICT");
  expect((await connector.send(EVENT)).body.data).toEqual({ delivery_id: id, status: "duplicate" });
});

test("the sender's own retry after the mending is accepted too, and counted as an attempt", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace, WRONG);
  expect((await connector.send(EVENT)).body.data.status).toBe("failed");
  await workspace.api.patch(`v1-public-connectors?id=${connector.id}`, RIGHT);
  expect((await connector.send(EVENT)).body.data.status).toBe("accepted");
  const deliveries = await connector.deliveries();
  expect(deliveries).toMatchObject([{ status: "accepted", attempts: 2, error: null }]);
});

test.each<[string, string, string]>([
  ["JSON that is cut short", "application/json", '{"email": "jane@ac'],
  ["an empty body", "application/json", ""],
  ["a lone value", "application/json", '"email"'],
  ["text that is not UTF-8", "application/json", "\u00ff"],
])("%s is kept and can be looked at", async (_, type, body) => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace);
  const bytes = Buffer.from(body, "latin1");
  const refused = await connector.send(new Uint8Array(bytes), { "content-type": type });
  expectError(refused, 400, "VALIDATION_ERROR");
  const id = refused.body.error.details.delivery_id;
  const { data } = (await workspace.api.get(`${DELIVERIES}?id=${id}`)).body;
  expect(Buffer.from(data.body, data.body_encoding).equals(bytes)).toBe(true);
  expect(data.status).toBe("failed");
});

test("events to be skipped and tests are kept apart, and become records when the rules change", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "mail" },
    event_id: "id",
    skip: 'kind = "ping" ? "A ping"',
    test: "is_test",
  });
  await connector.send({ id: 1, kind: "ping", mail: "ping@acme.com" });
  await connector.send({ id: 2, is_test: true, mail: "test@acme.com" });
  expect(await connector.deliveries()).toMatchObject([
    { event_id: "2", status: "test", error: null },
    { event_id: "1", status: "ignored", error: { message: "A ping" } },
  ]);
  const [none] = await asOwner("select count(*)::int from crm.contacts where workspace_id = $1", [
    workspace.id,
  ]);
  expect(none).toEqual({ count: 0 });
  await api.patch(`v1-public-connectors?id=${connector.id}`, { test: null });
  const [{ id }] = await connector.deliveries();
  expect((await api.send("POST", `${DELIVERIES}?id=${id}`, {})).status).toBe(201);
});

test("a failing day limit keeps the event, and the sender's retry finds it", async () => {
  const workspace = await testWorkspace({ contacts_per_day: 0 });
  const connector = await testConnector(workspace, { ...WRONG, ...RIGHT });
  const refused = await connector.send(EVENT);
  expectError(refused, 429, "RATE_LIMIT_EXCEEDED");
  expect(refused.body.error.details).toMatchObject({ limit: "contacts_per_day" });
  await asOwner("update crm.workspaces set contacts_per_day = 5 where id = $1", [workspace.id]);
  expect((await connector.send(EVENT)).status).toBe(200);
  expect(await connector.deliveries()).toMatchObject([{ status: "accepted" }]);
});

test("a payload taken apart wrongly is taken apart when it is replayed", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "mail" },
    items: "$error('no list')",
    event_id: "id",
  });
  const body = { list: [{ id: 1, mail: "a@acme.com" }, { id: 2, mail: "b@acme.com" }] };
  const refused = await connector.send(body);
  expect(refused.status).toBe(400);
  await api.patch(`v1-public-connectors?id=${connector.id}`, { items: "list" });
  const { delivery_id } = refused.body.error.details;
  const replayed = await api.send("POST", `${DELIVERIES}?id=${delivery_id}`, {});
  expect(replayed.status, replayed.text).toBe(201);
  expect((await connector.deliveries()).map(({ status }) => status).sort()).toEqual([
    "accepted",
    "accepted",
    "ignored",
  ]);
  const part = (await connector.deliveries()).find(({ event_id }) => event_id === "2");
  const kept = await api.get(`${DELIVERIES}?id=${part.id}`);
  expect(JSON.parse(kept.body.data.body)).toEqual(body.list[1]);
});

test("deliveries outlive their connector and are removed after 30 days", async () => {
  const workspace = await testWorkspace();
  const { api, id } = workspace;
  const connector = await testConnector(workspace, WRONG);
  await connector.send(EVENT);
  const [{ id: delivery }] = await connector.deliveries();
  await api.delete(`v1-public-connectors?id=${connector.id}`);
  const kept = await api.get(`${DELIVERIES}?id=${delivery}`);
  expect(kept.body.data).toMatchObject({ connector_id: null, body: JSON.stringify(EVENT) });
  expectError(await api.send("POST", `${DELIVERIES}?id=${delivery}`, {}), 409, "CONFLICT");
  await asOwner(
    "update crm.connector_deliveries set created_at = now() - interval '31 days' where workspace_id = $1",
    [id],
  );
  await asOwner("select app.housekeep(10000)");
  expect((await api.get(`${DELIVERIES}?id=${delivery}`)).status).toBe(404);
});

test("a workspace does not see, read or replay another's deliveries", async () => {
  const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
  const connector = await testConnector(theirs, WRONG);
  await connector.send(EVENT);
  const [{ id }] = await connector.deliveries();
  expect((await mine.api.get(DELIVERIES)).body.data.items).toEqual([]);
  expectError(await mine.api.get(`${DELIVERIES}?id=${id}`), 404, "NOT_FOUND");
  expectError(await mine.api.send("POST", `${DELIVERIES}?id=${id}`, {}), 404, "NOT_FOUND");
});
