import { expect, test } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { pipelineIn } from "../support/links.ts";
import { mcpClient, toolError, toolResult } from "../support/mcp.ts";
import { NOBODY } from "../support/records.ts";
import { snapshotOf } from "../support/snapshot.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

async function deal(api: ApiClient, fields: object = {}): Promise<Json> {
  return (await api.post("v1-public-deals", { title: "40 seats", ...fields })).body.data;
}

async function stageIds(workspaceId: string): Promise<Map<string, string>> {
  const rows = await asOwner<{ name: string; id: string }>(
    "select name, id from crm.stages where workspace_id = $1",
    [workspaceId],
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

test("log_activity stores an activity, linked to what it names", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post("v1-public-contacts", { email: "jane@example.com" });
  const { id } = await deal(api);
  const client = await mcpClient(api);
  const { activity, unmatched, outcome } = await toolResult(client, "log_activity", {
    type: "call",
    title: "Звонок 🙂",
    entity_email: "Jane@Example.com",
    entity_domain: "nobody.example",
    entity_id: id,
  });
  expect([outcome, unmatched]).toEqual(["created", ["entity_domain"]]);
  expect(activity).toMatchObject({ contact_id: body.data.id, deal_id: id, title: "Звонок 🙂" });
  expect((await api.get("v1-public-activities-crud?type=call")).body.data.items)
    .toEqual([expect.objectContaining({ id: activity.id, title: "Звонок 🙂" })]);
});

test("log_activity names each mistake, and refuses what the day has no room for", async () => {
  const { api } = await testWorkspace({ activities_per_day: 1 });
  const client = await mcpClient(api);
  const wrong: [object, string][] = [
    [{}, "type"],
    [{ type: "Two words" }, "type"],
    [{ type: "call", entity_email: "no" }, "entity_email"],
    [{ type: "call", timestamp: "yesterday" }, "timestamp"],
    [{ type: "call", data: {} }, "data"],
    [{ type: "call", dry_run: "yes" }, "dry_run"],
    [{ type: "call", idempotency_key: "é" }, "idempotency_key"],
  ];
  for (const [given, field] of wrong) {
    const { code, fields } = await toolError(client, "log_activity", given);
    expect([given, code, fields.map((one: Json) => one.field)]).toEqual([given, "invalid", [
      field,
    ]]);
  }
  await toolResult(client, "log_activity", { type: "call" });
  expect(await toolError(client, "log_activity", { type: "call" }))
    .toMatchObject({ code: "limited", limit: "activities_per_day" });
});

test("move_deal moves by the stage's name or id, and tells the stage before", async () => {
  const { api, id: workspaceId } = await testWorkspace();
  const { id, pipeline_id } = await deal(api);
  const client = await mcpClient(api);
  const move = (given: object) => toolResult(client, "move_deal", { deal_id: id, ...given });
  expect(await move({ stage: "pROPOSAL" })).toMatchObject({
    outcome: "moved",
    from: { stage: "Lead", status: "open", pipeline_id },
    to: { stage: "Proposal", status: "open", pipeline_id },
    deal: { id, stage: "Proposal" },
  });
  expect((await move({ stage: "Proposal" })).outcome).toBe("unchanged");
  const won = (await stageIds(workspaceId)).get("Won");
  expect((await move({ stage: won })).to).toEqual({ stage: "Won", status: "won", pipeline_id });
  const other = await pipelineIn(workspaceId, ["Angebot", "Fertig/won"]);
  expect((await move({ stage: "angebot", pipeline_id: other })).to.pipeline_id).toBe(other);
  const lead = (await stageIds(workspaceId)).get("Lead");
  expect((await move({ stage: lead })).to).toEqual({ stage: "Lead", status: "open", pipeline_id });
  const { fields } = await toolError(client, "move_deal", {
    deal_id: id,
    stage: lead,
    pipeline_id: other,
  });
  expect(fields).toEqual([{ field: "stage", message: expect.stringContaining("of another") }]);
});

test("move_deal makes no stage of a name that the pipeline does not have", async () => {
  const { api, id: workspaceId } = await testWorkspace();
  const { id } = await deal(api);
  const client = await mcpClient(api);
  const before = await snapshotOf(workspaceId);
  const theirs = await testWorkspace();
  const foreign = [...(await stageIds(theirs.id)).values()][0];
  for (const stage of ["Nonsense", NOBODY, foreign]) {
    const { code, fields } = await toolError(client, "move_deal", { deal_id: id, stage });
    expect([code, fields[0].field]).toEqual(["invalid", "stage"]);
    expect(fields[0].message).toContain("Lead, Qualified, Proposal");
  }
  const wrong = { deal_id: id, stage: "Lead", pipeline_id: NOBODY };
  expect((await toolError(client, "move_deal", wrong)).fields[0].field).toBe("pipeline_id");
  expect(
    (await toolError(client, "move_deal", { deal_id: "7" })).fields.map((one: Json) => one.field),
  )
    .toEqual(["deal_id", "stage"]);
  expect((await toolError(client, "move_deal", { deal_id: NOBODY, stage: "Won" })).code)
    .toBe("not_found");
  expect(await snapshotOf(workspaceId)).toEqual(before);
});

test("a dry run tells what would change, and changes nothing", async () => {
  const { api, id: workspaceId } = await testWorkspace();
  const { id } = await deal(api);
  const client = await mcpClient(api);
  const before = await snapshotOf(workspaceId);
  const given = { dry_run: true, idempotency_key: "once" };
  expect(await toolResult(client, "move_deal", { deal_id: id, stage: "Won", ...given }))
    .toMatchObject({ dry_run: true, outcome: "moved", to: { stage: "Won", status: "won" } });
  const { dry_run, activity } = await toolResult(client, "log_activity", {
    type: "call",
    ...given,
  });
  expect([dry_run, activity.type, activity.id]).toEqual([true, "call", undefined]);
  expect(await snapshotOf(workspaceId)).toEqual(before);
});

test("with an idempotency key a retry gets the first answer, and another request is refused", async () => {
  const { api, id: workspaceId, apiWith } = await testWorkspace();
  const client = await mcpClient(api);
  const given = { type: "call", title: "Once", idempotency_key: "k-1" };
  const all = await Promise.all(
    Array.from({ length: 8 }, () => toolResult(client, "log_activity", given)),
  );
  expect(new Set(all.map(({ activity }) => activity.id)).size).toBe(1);
  expect(all.filter(({ replayed }) => replayed)).toHaveLength(7);
  const stored = "select id from crm.activities where workspace_id = $1";
  expect(await asOwner(stored, [workspaceId])).toHaveLength(1);
  const rotated = await mcpClient(await apiWith({}));
  expect((await toolResult(rotated, "log_activity", given)).replayed).toBe(true);
  for (const changed of [{ title: "Twice" }, { type: "email" }]) {
    const { code, fields } = await toolError(client, "log_activity", { ...given, ...changed });
    expect([code, fields[0].field]).toEqual(["key_reused", "idempotency_key"]);
  }
});

test("of moves at the same time each is from where the one before left it", async () => {
  const { api, id: workspaceId } = await testWorkspace();
  const { id } = await deal(api);
  const client = await mcpClient(api);
  const targets = ["Qualified", "Proposal", "Negotiation", "Won", "Lost"];
  const moves: Json[] = await Promise.all(
    targets.map((stage) => toolResult(client, "move_deal", { deal_id: id, stage })),
  );
  const next = new Map(moves.map(({ from, to }) => [from.stage, to.stage]));
  const way = ["Lead"];
  while (next.has(way.at(-1)!)) way.push(next.get(way.at(-1)!));
  expect(way.toSorted()).toEqual(["Lead", ...targets].toSorted());
  const [{ stage }] = await asOwner<{ stage: string }>(
    "select stage from crm.deals where workspace_id = $1",
    [workspaceId],
  ) as [{ stage: string }];
  expect(stage).toBe(way.at(-1));
});

test("the events of what a tool wrote tell the key, as of a model", async () => {
  const { apiWith, id: workspaceId, newKey } = await testWorkspace();
  const { id, key } = await newKey({});
  await toolResult(await mcpClient((await apiWith({})).withKey(key)), "log_activity", {
    type: "call",
  });
  const events = await asOwner<{ actor: unknown }>(
    "select actor from crm.events where workspace_id = $1 and resource = 'activities'",
    [workspaceId],
  );
  expect(events.map(({ actor }) => actor)).toEqual([{ kind: "mcp", id }]);
});
