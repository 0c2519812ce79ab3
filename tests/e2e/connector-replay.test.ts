import { expect, test } from "vitest";
import { session } from "../support/as-role.ts";
import { testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { asOwner, databaseUrl, eventually, testWorkspace } from "../support/workspace.ts";

const DELIVERIES = "v1-public-connector-deliveries";
const EVENT = { id: "evt-1", mail: "jane@acme.com", note: "Hello" };
const NO_ID = {
  target: "contact",
  field_map: { email: "mail", message: "note" },
  event_id: "$error('no id')",
};

async function notes(workspaceId: string): Promise<number | undefined> {
  const text = "select count(*)::int from crm.activities where workspace_id = $1";
  const [row] = await asOwner<{ count: number }>(text, [workspaceId]);
  return row?.count;
}

test("an event whose id was not found is replayed under it, and the sender's retry finds it", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, NO_ID);
  const { delivery_id } = (await connector.send(EVENT)).body.error.details;
  await api.patch(`v1-public-connectors?id=${connector.id}`, { event_id: "id" });
  const replays = await Promise.all(
    [1, 2, 3].map(() => api.send("POST", `${DELIVERIES}?id=${delivery_id}`, {})),
  );
  const made = replays.filter(({ status }) => status === 201);
  expect(made, replays.map(({ text }) => text).join()).toHaveLength(1);
  expect(replays.every(({ status }) => [200, 201, 409].includes(status))).toBe(true);
  expect((await connector.send(EVENT)).body.data).toEqual({ delivery_id, status: "duplicate" });
  expect(await connector.deliveries()).toMatchObject([{ event_id: "evt-1", status: "accepted" }]);
  expect(await notes(workspace.id)).toBe(1);
});

test("an event that the sender has sent again meanwhile makes nothing when it is replayed", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, NO_ID);
  const { delivery_id } = (await connector.send(EVENT)).body.error.details;
  await api.patch(`v1-public-connectors?id=${connector.id}`, { event_id: "id" });
  const retry = await connector.send(EVENT);
  expect(retry.body.data.status).toBe("accepted");
  const replayed = await api.send("POST", `${DELIVERIES}?id=${delivery_id}`, {});
  expect(replayed.body.data).toEqual({ ...retry.body.data, status: "duplicate" });
  expect(await connector.deliveries()).toMatchObject([
    { event_id: "evt-1", status: "accepted" },
    { event_id: null, status: "ignored", error: { message: expect.stringContaining("event of") } },
  ]);
  expect(await notes(workspace.id)).toBe(1);
});

test("an event is kept whatever text its failure quotes", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "$error(why)" },
    skip: "skip",
  });
  for (const [why, kept] of [["a\0b", "ab"], ["a\ud800b", "a\ufffdb"]]) {
    const refused = await connector.send({ why });
    expect(refused.body.error.details.delivery_id).toBeDefined();
    expect((await connector.deliveries())[0].error.fields[0].message).toContain(kept);
    expect((await connector.send({ skip: why })).body.data.status).toBe("ignored");
    expect((await connector.deliveries())[0].error.message).toBe(kept);
  }
});

test("an event that is one of several is kept without its sender's secret", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "mail" },
    items: "$",
    verification: { type: "body", field: "key" },
    secret: "s3cret",
  });
  const events = ["a@acme.com", "b@acme.com"].map((mail) => ({ mail, key: "s3cret" }));
  const sent = await workspace.api.post(`v1-public-contacts?connector=${connector.slug}`, events);
  expect(sent.status, sent.text).toBe(201);
  const { delivery_id } = sent.body.data.results[0];
  const { body } = (await workspace.api.get(`${DELIVERIES}?id=${delivery_id}`)).body.data;
  expect(JSON.parse(body)).toEqual({ mail: "a@acme.com", key: "[redacted]" });
});

test("an event whose connector is deleted while it comes in finds no connector", async () => {
  const connector = await testConnector(await testWorkspace());
  const other = await session(databaseUrl("adminUrl"));
  await other.query("begin");
  await other.query("delete from crm.connectors where id = $1", [connector.id]);
  const sending = connector.send({ email: "late@acme.com" });
  await eventually(async () => {
    const { rows } = await other.query(
      "select from pg_locks where pid = any (select pid from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid)))",
    );
    return rows.length > 0;
  });
  await other.query("commit");
  expectError(await sending, 404, "NOT_FOUND");
});
