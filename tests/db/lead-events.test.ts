import { describe, expect, test } from "vitest";
import { lead as view } from "../../shared/dialects/leadhub/lead-view.ts";
import { LEAD_FIELDS } from "../../shared/events/lead-fields.ts";
import { eventWorld, short } from "../support/lead-events.ts";
import type { Row } from "../support/lead-world.ts";

const numberOf = (row: Row) => Number(row.number);

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
        id: numberOf(lead),
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
      pipeline_stage_id: { from: numberOf(first), to: numberOf(won) },
      assigned_user_id: { from: null, to: numberOf(user) },
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
});
