import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Workspace } from "../../shared/db/workspace.ts";
import { leadEvents } from "../../shared/dialects/leadhub/lead-events.ts";
import type { LeadEvent } from "../../shared/events/lead-event.ts";
import { LEAD_FIELDS } from "../../shared/events/lead-fields.ts";
import { lead as view } from "../../shared/dialects/leadhub/lead-view.ts";
import { apiDatabase } from "../support/as-role.ts";
import { leadWorld, type Row } from "../support/lead-world.ts";

async function eventWorld() {
  const world = await leadWorld();
  const workspace = new Workspace(apiDatabase(), {
    workspaceId: world.id,
    actor: { kind: "job", id: randomUUID() },
    scopes: [],
    requestId: randomUUID(),
  });
  await world.events();
  const told = async (): Promise<LeadEvent[]> => {
    const events = await world.events();
    const all = await Promise.all(
      events.map(({ sequence }) => leadEvents(workspace, Number(sequence))),
    );
    return all.flat();
  };
  return { ...world, told };
}

const short = ({ type, data: { lead: _, ...data } }: LeadEvent) => ({ type, ...data });
const number = ({ number }: Row) => Number(number);

test("a lead has the fields that automations may name", () => {
  expect(Object.keys(view.fields)).toEqual([...LEAD_FIELDS]);
});

describe("what happens to a lead is told as", () => {
  test("created, and of each tag it was given, with the lead as it was left", async () => {
    const { create, told } = await eventWorld();
    const lead = await create({ email: "a@x.com", company: "Acme", tags: ["b", "A"], score: 3 });
    const events = await told();
    expect(events.map(short)).toEqual([
      { type: "lead.created" },
      { type: "lead.tag_added", tag: expect.any(String) },
      { type: "lead.tag_added", tag: expect.any(String) },
    ]);
    expect(events.map(({ data }) => data.tag).sort()).toEqual(["A", "b", undefined]);
    for (const { data, leadId, chain } of events) {
      expect([leadId, chain]).toEqual([lead.id, []]);
      expect(Object.keys(data.lead)).toEqual(Object.keys(view.fields));
      expect(data.lead).toMatchObject({
        id: number(lead),
        company: "Acme",
        tags: ["A", "b"],
        lead_score: 3,
        pipeline_id: expect.any(Number),
        contact_id: expect.any(Number),
      });
    }
  });

  test("updated, with each field that changed, and as a change of stage", async () => {
    const { create, change, told, stage, insert } = await eventWorld();
    const lead = await create({ status: "new", custom_fields: { budget: "1" } });
    await told();
    const [won, first] = [await stage("Won"), await stage("Lead")];
    const user = await insert("users", { name: "Jane", email: "jane@x.com" });
    await told();
    await change(lead, {
      stage_id: won.id,
      assigned_to: user.id,
      company: "Acme",
      custom_fields: { size: 40 },
      tags: ["hot"],
    });
    const events = await told();
    const changes = {
      status: { from: "new", to: "won" },
      company: { from: null, to: "Acme" },
      pipeline_stage_id: { from: number(first), to: number(won) },
      assigned_user_id: { from: null, to: number(user) },
      custom_fields: { from: { budget: "1" }, to: { budget: "1", size: 40 } },
    };
    expect(events.map(short)).toEqual([
      { type: "lead.tag_added", tag: "hot" },
      { type: "lead.updated", changes },
      { type: "lead.stage_changed", changes },
    ]);
    for (const { data } of events) {
      expect(data.lead).toMatchObject({ status: "won", tags: ["hot"] });
    }
  });

  test("updated by what changes its contact", async () => {
    const { create, rows, told } = await eventWorld();
    await create({ email: "a@x.com" });
    await told();
    await rows("update crm.contacts set phone = '+14155551234'");
    expect((await told()).map(short)).toEqual([
      { type: "lead.updated", changes: { phone: { from: null, to: "+14155551234" } } },
    ]);
  });

  test("not at all when a tag it has comes again, is renamed or is deleted", async () => {
    const { create, call, rows, told } = await eventWorld();
    const lead = await create({ tags: ["a", "b"] });
    await told();
    await call("add_lead_tag", lead.id, "A");
    await rows("update crm.tags set name = 'c' where name = 'a'");
    await rows("delete from crm.tags where name = 'b'");
    expect(await told()).toEqual([]);
  });

  test("without a tag, as it was left then, not as it is now", async () => {
    const { create, change, call, told } = await eventWorld();
    const lead = await create({ tags: ["a", "b"] });
    await told();
    await call("remove_lead_tag", lead.id, "a");
    await call("add_lead_tag", lead.id, "c");
    await change(lead, { status: "open", tags: ["z"] });
    const events = await told();
    expect(events.map(({ type, data }) => [type, data.tag, data.lead.tags, data.lead.status]))
      .toEqual([
        ["lead.tag_removed", "a", ["b"], "new"],
        ["lead.tag_added", "c", ["b", "c"], "new"],
        ["lead.tag_removed", expect.stringMatching(/[bc]/), ["z"], "open"],
        ["lead.tag_removed", expect.stringMatching(/[bc]/), ["z"], "open"],
        ["lead.tag_added", "z", ["z"], "open"],
        ["lead.updated", undefined, ["z"], "open"],
      ]);
  });

  test("deleted, as it last was, with its tags; what came before as well", async () => {
    const { create, change, rows, told } = await eventWorld();
    const lead = await create({ first_name: "Ann", tags: ["b", "a"] });
    await change(lead, { first_name: "Bea" });
    await rows("delete from crm.leads where id = $1", lead.id);
    const events = await told();
    expect(
      events.map(({ type, leadId, data: { lead } }) => [type, leadId, lead.first_name, lead.tags]),
    )
      .toEqual([
        ["lead.created", lead.id, "Ann", ["a", "b"]],
        ["lead.tag_added", lead.id, "Ann", ["a", "b"]],
        ["lead.tag_added", lead.id, "Ann", ["a", "b"]],
        ["lead.updated", lead.id, "Bea", ["a", "b"]],
        ["lead.deleted", null, "Bea", ["a", "b"]],
      ]);
  });

  test("linked to what was deleted since", async () => {
    const { create, change, rows, call, told, insert, stage } = await eventWorld();
    const user = await insert("users", { name: "Jane", email: "jane@x.com" });
    const lead = await create({ assigned_to: user.id, company: "Acme", email: "a@x.com" });
    await told();
    const [contact] = await rows("select * from crm.contacts");
    const [first, next] = [await stage("Lead"), await stage("Qualified")];
    await rows("delete from crm.users");
    await rows("delete from crm.companies");
    await rows("delete from crm.contacts");
    await call("delete_stage", first.pipeline_id as string, first.id, next.id);
    await change(lead, { tags: ["gone"] });
    await rows("delete from crm.tags");
    const stages = { from: number(first), to: number(next) };
    expect((await told()).map(short)).toEqual([
      { type: "lead.updated", changes: { assigned_user_id: { from: number(user), to: null } } },
      { type: "lead.updated", changes: { company: { from: "Acme", to: null } } },
      { type: "lead.updated", changes: { contact_id: { from: number(contact!), to: null } } },
      { type: "lead.updated", changes: { pipeline_stage_id: stages } },
      { type: "lead.stage_changed", changes: { pipeline_stage_id: stages } },
      { type: "lead.tag_added", tag: "gone" },
    ]);
  });

  test("with numbers that no double holds", async () => {
    const { rows, told, create } = await eventWorld();
    const lead = await create({});
    await told();
    await rows(
      `update crm.leads set custom_fields = '{"n": 12345678901234567890.5}' where id = $1`,
      lead.id,
    );
    const [event] = await told();
    expect(String((event!.data.lead.custom_fields as Row).n)).toBe("12345678901234567890.5");
  });

  test("another workspace knows nothing of it", async () => {
    const [one, other] = [await eventWorld(), await eventWorld()];
    await one.create({});
    const [event] = await one.events();
    const workspace = new Workspace(apiDatabase(), {
      workspaceId: other.id,
      actor: { kind: "job", id: randomUUID() },
      scopes: [],
      requestId: randomUUID(),
    });
    expect(await leadEvents(workspace, Number(event!.sequence))).toEqual([]);
  });
});
