import { describe, expect, test } from "vitest";
import { type AutomationWorld, automationWorld } from "../support/automations.ts";
import { makePipeline, TIME } from "../support/leadhub-records.ts";
import { record } from "../support/leadhub.ts";
import { asOwner } from "../support/workspace.ts";

const ACTIONS = [{ type: "change_status", status: "seen" }];

test("a run is shown with what it did", async () => {
  const { api, automation, lead, ended, read } = await automationWorld();
  const id = await automation({ type: "lead.created" }, [
    { type: "add_tag", tag: "new" },
    { type: "change_status", status: "seen" },
  ]);
  const { id: leadId } = await lead();
  const [run] = await ended(id);
  const step = { status: "succeeded", error: null, attempts: 1, finished_at: TIME };
  expect(run).toEqual({
    id: expect.any(Number),
    automation_id: id,
    lead_id: leadId,
    event_type: "lead.created",
    status: "succeeded",
    reason: null,
    steps: [{ type: "add_tag", ...step }, { type: "change_status", ...step }],
    started_at: TIME,
    finished_at: TIME,
  });
  expect(await read(leadId)).toMatchObject({ tags: ["new"], status: "seen" });
  expect(record(await api.get(`automations/${id}`)))
    .toMatchObject({ runs_count: 1, last_run_at: TIME });
  const page = await api.get(`automations/${id}/runs?per_page=1&page=2`);
  expect(page.body).toMatchObject({ data: [], meta: { total: 1, last_page: 1 } });
});

/** What happens, what is done to make it happen, and with which parameters it is for an automation. */
const CASES: [string, {
  trigger(world: AutomationWorld): Promise<object> | object;
  /** Does what it is for once, and other things that it is not for. */
  act(world: AutomationWorld): Promise<unknown>;
}][] = [
  ["lead.created", {
    trigger: () => ({ type: "lead.created" }),
    async act({ lead, change }) {
      const { id } = await lead();
      await change(id, { notes: "x" });
    },
  }],
  ["lead.updated of any field", {
    trigger: () => ({ type: "lead.updated" }),
    async act({ lead, change, api }) {
      const { id } = await lead({ tags: ["a"] });
      await api.post(`leads/${id}/tags`, { tag: "b" });
      await change(id, { notes: null });
      await change(id, { notes: "x", tags: [] });
    },
  }],
  ["lead.updated of some fields", {
    trigger: () => ({ type: "lead.updated", fields: ["lead_score", "custom_fields.size"] }),
    async act({ lead, change }) {
      const { id } = await lead();
      await change(id, { notes: "x" });
      await change(id, { custom_fields: { budget: 5 } });
      await change(id, { custom_fields: { size: 5 } });
    },
  }],
  ["lead.updated by its contact", {
    trigger: () => ({ type: "lead.updated", fields: ["phone"] }),
    async act({ lead, native, id }) {
      await lead({ email: "a@x.com" });
      const [contact] = await asOwner("select id from crm.contacts where workspace_id = $1", [id]);
      await native.patch(`v1-public-contacts-crud?id=${contact!.id}`, { phone: "+14155551234" });
    },
  }],
  ["lead.tag_added of one tag, also at creation", {
    trigger: () => ({ type: "lead.tag_added", tag: "ViP" }),
    async act({ lead, api }) {
      const { id } = await lead({ tags: ["vip", "other"] });
      await api.post(`leads/${id}/tags`, { tag: "VIP" });
      await api.post(`leads/${id}/tags`, { tag: "vip2" });
    },
  }],
  ["lead.tag_removed of any tag", {
    trigger: () => ({ type: "lead.tag_removed" }),
    async act({ lead, api, change }) {
      const { id } = await lead({ tags: ["vip", "other"] });
      await api.delete(`leads/${id}/tags/VIP`);
      await change(id, { tags: ["other", "more"] });
      const [tag] = await api.listed("tags?sort=name&direction=asc");
      await api.delete(`tags/${tag.id}`);
      const { id: gone } = await lead({ tags: ["x"] });
      await api.delete(`leads/${gone}`);
    },
  }],
  ["lead.stage_changed from one stage to another", {
    async trigger(world) {
      const [{ stages: [first, second] }] = await world.api.listed("pipelines");
      return { type: "lead.stage_changed", from_stage_id: first.id, to_stage_id: second.id };
    },
    async act(world) {
      const { api, lead, change } = world;
      const [{ stages: [first, second, third] }] = await api.listed("pipelines");
      const { id } = await lead();
      await lead({ pipeline_stage_id: second.id });
      await change(id, { pipeline_stage_id: third.id });
      await change(id, { pipeline_stage_id: first.id });
      await change(id, { pipeline_stage_id: second.id });
    },
  }],
  ["lead.stage_changed in one pipeline", {
    async trigger(world) {
      const { id } = await makePipeline(world, { name: "Mine" });
      return { type: "lead.stage_changed", pipeline_id: id };
    },
    async act({ api, lead, change }) {
      const [mine] = await api.listed("pipelines?sort=name&direction=asc");
      const [{ stages: [, second] }] = await api.listed("pipelines?sort=name&direction=desc");
      const { id } = await lead();
      await change(id, { pipeline_stage_id: second.id });
      await change(id, { pipeline_id: mine.id });
    },
  }],
];

describe("an automation runs once for", () => {
  test.each(CASES)("%s", async (_, { trigger, act }) => {
    const world = await automationWorld();
    const given = await trigger(world) as { type: string };
    const id = await world.automation(given, ACTIONS);
    await act(world);
    await world.idle();
    // What it does itself may start it as well, and is skipped.
    const wanted = (await world.ended(id)).filter(({ status }) => status !== "skipped");
    expect(wanted).toHaveLength(1);
    expect(wanted[0]).toMatchObject({ event_type: given.type, status: "succeeded" });
  });
});

test("what was refused, or changed nothing, starts nothing", async () => {
  const { automation, lead, api, change, ended, idle } = await automationWorld();
  const id = await automation({ type: "lead.updated" }, [{ type: "add_tag", tag: "seen" }]);
  const { id: leadId } = await lead({ status: "new" });
  await change(leadId, { status: "new" });
  await api.patch(`leads/${leadId}`, { status: "other", lead_score: 101 });
  await change(leadId, { status: "contacted" });
  await idle();
  expect(await ended(id)).toHaveLength(1);
});

test("an inactive automation does nothing, nor what happened before it was active", async () => {
  const { automation, lead, api, ended } = await automationWorld();
  const off = await automation({ type: "lead.created" }, ACTIONS, { is_active: false });
  const on = await automation({ type: "lead.created" }, ACTIONS);
  await lead();
  await ended(on);
  await api.patch(`automations/${off}`, { is_active: true });
  await lead();
  await ended(on, 2);
  expect(await ended(off)).toHaveLength(1);
});

test("lead.inactive starts a run once for each quiet time", async () => {
  const { automation, lead, ended, read } = await automationWorld();
  const { id: leadId } = await lead();
  await asOwner(`begin; set local session_replication_role = replica;
    update crm.leads set updated_at = now() - interval '31 days' where number = ${leadId}; commit`);
  const id = await automation({ type: "lead.inactive", days: 30 }, [
    { type: "add_tag", tag: "quiet" },
  ]);
  await asOwner("select app.find_inactive_leads()");
  const [run] = await ended(id);
  expect(run).toMatchObject({ event_type: "lead.inactive", lead_id: leadId, status: "succeeded" });
  expect(await read(leadId)).toMatchObject({ tags: ["quiet"] });
});
