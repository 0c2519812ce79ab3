import { describe, expect, test } from "vitest";
import { automationWorld } from "../support/automations.ts";
import { expectConflict, expectGone, makeUser, TIME } from "../support/leadhub-records.ts";
import { expectMissing, record } from "../support/leadhub.ts";
import { asOwner } from "../support/workspace.ts";

const CREATED = { type: "lead.created" };

describe("a run", () => {
  test("ends when its lead is gone, and cannot be made good", async () => {
    const { automation, lead, api, ended, runsOnce, resume } = await automationWorld();
    const id = await automation(CREATED, [
      { type: "wait", duration: "P1D" },
      { type: "add_tag", tag: "late" },
    ]);
    const { id: leadId } = await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    expectGone(await api.delete(`leads/${leadId}`));
    await resume();
    const [run] = await ended(id);
    expect(run).toMatchObject({ status: "failed", reason: "The lead is gone.", lead_id: leadId });
    expect(run.steps.map(({ status }: { status: string }) => status)).toEqual([
      "succeeded",
      "failed",
    ]);
  });

  test("ends with its automation", async () => {
    const { automation, lead, api, runsOnce, resume, id: workspace } = await automationWorld();
    const id = await automation(CREATED, [{ type: "wait", duration: "P1D" }]);
    await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    expectGone(await api.delete(`automations/${id}`));
    await resume();
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
