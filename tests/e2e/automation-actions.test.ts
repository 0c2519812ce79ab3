import { describe, expect, test } from "vitest";
import { automationWorld } from "../support/automations.ts";
import {
  expectConflict,
  expectGone,
  makePipeline,
  makeUser,
  TIME,
} from "../support/leadhub-records.ts";
import { expectMissing, record } from "../support/leadhub.ts";
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

  test("waits, and goes on", async () => {
    const { automation, lead, ended, read, runsOnce, id: workspace } = await automationWorld();
    const id = await automation(CREATED, [
      { type: "add_tag", tag: "before" },
      { type: "wait", duration: "P1M" },
      { type: "add_tag", tag: "after" },
    ]);
    const { id: leadId } = await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    expect(await read(leadId)).toMatchObject({ tags: ["before"] });
    const [job] = await asOwner(
      `select run_at = r.resume_at and r.resume_at = date_trunc('milliseconds', r.started_at)
            + (r.resume_at - date_trunc('milliseconds', r.started_at)) as kept,
          extract(month from age(r.resume_at, r.started_at)) as months
        from crm.jobs j join crm.automation_runs r on r.id = (j.payload ->> 'run_id')::uuid
        where j.workspace_id = $1`,
      [workspace],
    );
    expect(job).toEqual({ kept: true, months: "1" });
    // A wake-up too early changes nothing.
    await asOwner("update crm.jobs set run_at = now() where workspace_id = $1", [workspace]);
    await runsOnce(id, ([run]) => run?.status === "waiting");
    await asOwner("update crm.automation_runs set resume_at = now() where workspace_id = $1", [
      workspace,
    ]);
    await asOwner("update crm.jobs set run_at = now() where workspace_id = $1", [workspace]);
    expect((await ended(id))[0]).toMatchObject({ status: "succeeded" });
    expect(await read(leadId)).toMatchObject({ tags: ["after", "before"] });
  });

  test("keeps to what the run began with when the automation changes meanwhile", async () => {
    const { automation, lead, api, ended, read, runsOnce } = await automationWorld();
    const id = await automation(CREATED, [
      { type: "wait", duration: "PT2S" },
      { type: "add_tag", tag: "old" },
    ]);
    const { id: leadId } = await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    const change = { is_active: false, actions: [{ type: "add_tag", tag: "new" }] };
    record(await api.patch(`automations/${id}`, change));
    await ended(id);
    expect(await read(leadId)).toMatchObject({ tags: ["old"] });
  });
});

describe("a run", () => {
  test("ends when its lead is gone, and cannot be made good", async () => {
    const { automation, lead, api, ended, runsOnce } = await automationWorld();
    const id = await automation(CREATED, [
      { type: "wait", duration: "PT1S" },
      { type: "add_tag", tag: "late" },
    ]);
    const { id: leadId } = await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    expectGone(await api.delete(`leads/${leadId}`));
    const [run] = await ended(id);
    expect(run).toMatchObject({ status: "failed", reason: "The lead is gone.", lead_id: leadId });
    expect(run.steps.map(({ status }: { status: string }) => status)).toEqual([
      "succeeded",
      "failed",
    ]);
  });

  test("ends with its automation", async () => {
    const { automation, lead, api, runsOnce, id: workspace } = await automationWorld();
    const id = await automation(CREATED, [{ type: "wait", duration: "PT1S" }]);
    await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    expectGone(await api.delete(`automations/${id}`));
    await expect.poll(() =>
      asOwner("select kind from crm.jobs where workspace_id = $1", [workspace])
    )
      .toEqual([]);
  });

  test("that failed goes on from the failed step when it is taken up again", async () => {
    const world = await automationWorld();
    const { automation, lead, api, ended, read } = world;
    const user = await makeUser(world);
    const id = await automation(CREATED, [
      { type: "create_task", title: "Once" },
      { type: "assign_user", user_id: user.id },
      { type: "add_tag", tag: "done" },
    ]);
    await api.patch(`users/${user.id}`, { status: "inactive" });
    const { id: leadId } = await lead();
    const [run] = await ended(id);
    const statuses = ({ steps }: typeof run) => steps.map((one: typeof run) => one.status);
    expect(statuses(run)).toEqual(["succeeded", "failed", "pending"]);
    await api.patch(`users/${user.id}`, { status: "active" });
    const again = record(await api.send("POST", `automations/${id}/runs/${run.id}/retry`), 202);
    expect(again).toMatchObject({ id: run.id, reason: null, finished_at: null });
    expect((await ended(id))[0]).toMatchObject({ id: run.id, status: "succeeded" });
    expect(await read(leadId)).toMatchObject({ tags: ["done"], assigned_user_id: user.id });
    expect(await asOwner("select title from crm.tasks where workspace_id = $1", [world.id]))
      .toHaveLength(1);
    expectConflict(
      await api.send("POST", `automations/${id}/runs/${run.id}/retry`),
      "status",
      "Only a failed run can be taken up again; this one is succeeded.",
    );
    expectMissing(await api.send("POST", `automations/${id}/runs/0/retry`), "No run with id 0.");
    expectMissing(
      await api.send("POST", `automations/0/runs/${run.id}/retry`),
      `No run with id ${run.id}.`,
    );
  });

  test("is skipped when the conditions do not hold", async () => {
    const { automation, lead, ended, read } = await automationWorld();
    const conditions = {
      match: "all",
      rules: [
        { field: "source", operator: "equals", value: "WEB" },
        { field: "tags", operator: "contains", value: "hot" },
      ],
    };
    const id = await automation(CREATED, [{ type: "add_tag", tag: "yes" }], { conditions });
    const { id: no } = await lead({ source: "web" });
    const { id: yes } = await lead({ source: "web", tags: ["HOT"] });
    const runs = await ended(id, 2);
    expect(runs.find(({ lead_id }) => lead_id === no)).toMatchObject({
      status: "skipped",
      reason: "conditions",
      steps: [],
      finished_at: TIME,
    });
    expect((await read(yes)).tags).toEqual(["HOT", "yes"]);
  });
});

describe("automations that start each other", () => {
  test("do so, but none whose doing led to it", async () => {
    const { automation, lead, ended, read, id: workspace } = await automationWorld();
    const ping = await automation({ type: "lead.tag_added", tag: "ping" }, [
      { type: "remove_tag", tag: "ping" },
      { type: "add_tag", tag: "pong" },
    ]);
    const pong = await automation({ type: "lead.tag_added", tag: "pong" }, [
      { type: "remove_tag", tag: "pong" },
      { type: "add_tag", tag: "ping" },
    ]);
    const { id: leadId } = await lead({ tags: ["ping"] });
    const runs = await ended(ping, 2);
    expect(runs.map(({ status, reason }) => [status, reason]))
      .toEqual([["skipped", "loop"], ["succeeded", null]]);
    expect(await ended(pong)).toHaveLength(1);
    expect((await read(leadId)).tags).toEqual(["ping"]);
    const events = await asOwner<{ kind: string; caused: boolean; run: boolean }>(
      `select e.actor ->> 'kind' as kind, cause.sequence is not null as caused, r.id is not null as run
        from crm.events e
        left join crm.events cause on cause.workspace_id = e.workspace_id and cause.sequence = e.cause
        left join crm.automation_runs r on r.id = (e.actor ->> 'run')::uuid
          and r.automation_id = (e.actor ->> 'id')::uuid
        where e.workspace_id = $1 and e.resource = 'lead_tags' order by e.sequence`,
      [workspace],
    );
    expect(events[0]).toEqual({ kind: "key", caused: false, run: false });
    expect(events.slice(1)).toEqual(Array(4).fill({ kind: "automation", caused: true, run: true }));
  });

  test("are not started by what they do themselves", async () => {
    const { automation, lead, change, ended, read } = await automationWorld();
    const id = await automation({ type: "lead.updated" }, [{ type: "change_status", status: "x" }]);
    const { id: leadId } = await lead();
    await change(leadId, { notes: "a" });
    const runs = await ended(id, 2);
    expect(runs.map(({ status, reason }) => [status, reason]))
      .toEqual([["skipped", "loop"], ["succeeded", null]]);
    expect((await read(leadId)).status).toBe("x");
  });
});
