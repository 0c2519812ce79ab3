import { describe, expect, test } from "vitest";
import { leadEvents } from "../../shared/dialects/leadhub/lead-events.ts";
import { eventWorld, short } from "../support/lead-events.ts";
import type { Row } from "../support/lead-world.ts";

const numberOf = (row: Row) => Number(row.number);

describe("what happened to a lead is told, whatever came later,", () => {
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
      events.map(({ type, leadId, data }) => [
        type,
        leadId,
        data.lead.first_name,
        data.lead.tags,
      ]),
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
    const stages = { from: numberOf(first), to: numberOf(next) };
    expect((await told()).map(short)).toEqual([
      { type: "lead.updated", changes: { assigned_user_id: { from: numberOf(user), to: null } } },
      { type: "lead.updated", changes: { company: { from: "Acme", to: null } } },
      { type: "lead.updated", changes: { contact_id: { from: numberOf(contact!), to: null } } },
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
    expect(await leadEvents(other.workspace, Number(event!.sequence))).toEqual([]);
  });
});
