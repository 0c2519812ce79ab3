import { describe, expect, test } from "vitest";
import { automationWorld } from "../support/automations.ts";
import { expectGone, makePipeline, makeUser, TIME } from "../support/leadhub-records.ts";
import { asOwner } from "../support/workspace.ts";

const CREATED = { type: "lead.created" };

/** What a run that failed in its first step says. */
const failed = (error: string) => ({
  status: "failed",
  reason: error,
  finished_at: TIME,
  steps: [{ status: "failed", error, attempts: 1, finished_at: TIME }],
});

describe("an action", () => {
  test("adds and removes tags, gives a status and a stage", async () => {
    const world = await automationWorld();
    const { automation, lead, ended, read } = world;
    const { stages: [, won] } = await makePipeline(world, { name: "Other" });
    const id = await automation(CREATED, [
      { type: "add_tag", tag: "new" },
      { type: "add_tag", tag: "NEW" },
      { type: "remove_tag", tag: "OLD" },
      { type: "remove_tag", tag: "never there" },
      { type: "change_stage", stage_id: won.id },
      { type: "change_status", status: "seen" },
    ]);
    const { id: leadId } = await lead({ tags: ["old"] });
    expect((await ended(id))[0]).toMatchObject({ status: "succeeded" });
    expect(await read(leadId)).toMatchObject({
      tags: ["new"],
      status: "seen",
      pipeline_id: won.pipeline_id,
      pipeline_stage_id: won.id,
    });
  });

  test("assigns a user, but no inactive one", async () => {
    const world = await automationWorld();
    const { automation, api, lead, ended, read } = world;
    const user = await makeUser(world);
    const id = await automation(CREATED, [{ type: "assign_user", user_id: user.id }]);
    const { id: leadId } = await lead();
    await ended(id);
    expect(await read(leadId)).toMatchObject({ assigned_user_id: user.id });
    await api.patch(`users/${user.id}`, { status: "inactive" });
    await lead();
    expect((await ended(id, 2))[0]).toMatchObject(failed("The user is inactive."));
    await api.delete(`users/${user.id}`);
    await lead();
    expect((await ended(id, 3))[0]).toMatchObject(failed("The user is gone."));
  });

  test("assigns users in turn, inactive ones left out", async () => {
    const world = await automationWorld();
    const { automation, api, lead, ended, read } = world;
    const users = await Promise.all([1, 2, 3].map(() => makeUser(world)));
    const user_ids = users.map(({ id }) => id);
    const id = await automation(CREATED, [{ type: "assign_round_robin", user_ids }]);
    const next = async (count: number) => {
      const { id: leadId } = await lead();
      await ended(id, count);
      return (await read(leadId)).assigned_user_id;
    };
    expect([await next(1), await next(2)]).toEqual([user_ids[0], user_ids[1]]);
    await api.patch(`users/${user_ids[2]}`, { status: "inactive" });
    expect(await next(3)).toBe(user_ids[0]);
    await api.patch(`users/${user_ids[2]}`, { status: "active" });
    await api.delete(`users/${user_ids[1]}`);
    expect([await next(4), await next(5)]).toEqual([user_ids[2], user_ids[0]]);
    for (const user of [user_ids[0], user_ids[2]]) {
      await api.patch(`users/${user}`, { status: "inactive" });
    }
    await lead();
    expect((await ended(id, 6))[0])
      .toMatchObject(failed("None of the users is there and not inactive."));
  });

  test("makes a task of the lead's contact, filled in", async () => {
    const world = await automationWorld();
    const { automation, lead, ended, native } = world;
    const user = await makeUser(world, { name: "Jane" });
    const id = await automation(CREATED, [
      {
        type: "create_task",
        title: "Call {{lead.first_name}} <{{lead.email}}>",
        description: "Budget: {{lead.custom_fields.budget}}{{lead.company}}",
        priority: "high",
        due_in_days: 2,
        assigned_user_id: user.id,
      },
      { type: "create_task", title: "Plain" },
    ]);
    await lead({ email: "a@x.com", custom_fields: { budget: 5 } });
    await lead();
    await ended(id, 2);
    const tasks = await asOwner(
      `select title, description, priority, due_date = app.utc_today() + 2 as is_due, due_date is null as is_not,
          (select c.email from crm.contacts c where c.id = t.contact_id) as contact,
          (select u.name from crm.users u where u.id = t.assigned_to) as assigned
        from crm.tasks t where workspace_id = $1 order by number`,
      [world.id],
    );
    expect(tasks.toSorted((a, b) => String(b.contact).localeCompare(String(a.contact)))).toEqual(
      expect.arrayContaining([
        {
          title: "Call Sarah <a@x.com>",
          description: "Budget: 5",
          priority: "high",
          is_due: true,
          is_not: false,
          contact: "a@x.com",
          assigned: "Jane",
        },
        expect.objectContaining({ title: "Call Sarah <>", contact: null }),
        expect.objectContaining({
          title: "Plain",
          priority: "medium",
          is_not: true,
          assigned: null,
        }),
      ]),
    );
    expect(tasks).toHaveLength(4);
    expect((await native.get("v1-public-tasks?search=Plain")).body.meta).toBeDefined();
  });

  test("sends the event to a webhook, with the automation", async () => {
    const world = await automationWorld();
    const { automation, api, lead, ended } = world;
    const webhook = await api.made("integrations", {
      type: "webhook",
      settings: { url: "https://shop.example.com/hook" },
    });
    const id = await automation({ type: "lead.tag_added" }, [
      { type: "send_webhook", integration_id: webhook.id },
      { type: "send_webhook", integration_id: webhook.id },
    ], { name: "Tell them" });
    const { id: leadId } = await lead({ tags: ["vip"] });
    expect((await ended(id))[0]).toMatchObject({ status: "succeeded" });
    const deliveries = await asOwner<{ body: string }>(
      "select body from crm.webhook_deliveries where workspace_id = $1",
      [world.id],
    );
    expect(deliveries.map(({ body }) => JSON.parse(body))).toEqual(
      Array(2).fill({
        type: "lead.tag_added",
        timestamp: TIME,
        data: {
          lead: expect.objectContaining({ id: leadId, tags: ["vip"] }),
          tag: "vip",
          automation: { id, name: "Tell them" },
        },
      }),
    );
    expectGone(await api.delete(`integrations/${webhook.id}`));
    await lead({ tags: ["vip"] });
    expect((await ended(id, 2))[0]).toMatchObject({
      status: "failed",
      reason: "The webhook is gone.",
    });
  });
});
