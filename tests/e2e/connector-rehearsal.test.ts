import { expect, test } from "vitest";
import { testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { snapshotOf } from "../support/snapshot.ts";
import { testWorkspace } from "../support/workspace.ts";

const REHEARSE = "v1-public-connector-deliveries/rehearse";
const EVENT = { mail: "jane@acme.com", note: "Hello" };

test("a delivery is tried with a map that is not saved, and nothing is written", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "email" },
  });
  const { delivery_id: id } = (await connector.send(EVENT)).body.data;
  const before = await snapshotOf(workspace.id);
  const tried = await api.post(`${REHEARSE}?id=${id}`, {
    field_map: { email: "mail", message: "note" },
    defaults: { source: "site" },
  });
  expect(tried.status, tried.text).toBe(200);
  expect(tried.body.data).toMatchObject({
    dry_run: true,
    outcome: "created",
    mapped: { email: "jane@acme.com", message: "Hello", source: "site" },
    record: { email: "jane@acme.com" },
  });
  const asItIs = await api.post(`${REHEARSE}?id=${id}`, {});
  expectError(asItIs, 400, "VALIDATION_ERROR");
  expect(await snapshotOf(workspace.id)).toEqual(before);
});

test("a delivery that was accepted is tried too, with every part that reads it", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "mail" },
  });
  await connector.send(EVENT);
  const [{ id }] = await connector.deliveries();
  const of = async (change: object) => (await api.post(`${REHEARSE}?id=${id}`, change)).body.data;
  expect(await of({})).toMatchObject({ outcome: "unchanged", matched_by: "email" });
  expect(await of({ skip: '"Not wanted"' })).toMatchObject({
    outcome: "ignored",
    reason: "Not wanted",
  });
  expect(await of({ event_id: "note" })).toMatchObject({ event_id: "Hello" });
});

test("what is wrong with a map is named by its field", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "mail" },
  });
  await connector.send(EVENT);
  const [{ id }] = await connector.deliveries();
  const fieldsOf = async (field_map: object) => {
    const answer = await workspace.api.post(`${REHEARSE}?id=${id}`, { field_map });
    expectError(answer, 400, "VALIDATION_ERROR");
    return answer.body.error.details.fields.map(({ field }: { field: string }) => field);
  };
  expect(await fieldsOf({ email: "mail", phone: "(" })).toEqual(["field_map.phone"]);
  expect(await fieldsOf({ email: "$error('no')" })).toEqual(["field_map.email"]);
  expect(await fieldsOf({ email: "mail", colour: "note" })).toEqual(["field_map.colour"]);
});

test("presets are listed with what a provider says, and their secrets", async () => {
  const { api } = await testWorkspace();
  const { items } = (await api.get("v1-public-connectors/presets")).body.data;
  expect(items).toHaveLength(12);
  expect(items.find(({ name }: { name: string }) => name === "tally")).toEqual({
    name: "tally",
    title: "Tally",
    target: "contact",
    secrets: { secret: "optional" },
    verification: expect.objectContaining({ type: "signature", header: "tally-signature" }),
    setup: expect.stringContaining("paste the address"),
  });
});
