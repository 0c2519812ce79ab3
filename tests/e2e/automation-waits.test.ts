import { describe, expect, test } from "vitest";
import { automationWorld } from "../support/automations.ts";
import { record } from "../support/leadhub.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const CREATED = { type: "lead.created" };

describe("a wait", () => {
  test("ends at its time, by the calendar", async () => {
    const world = await automationWorld();
    const { automation, lead, ended, read, runsOnce, resume, id: workspace } = world;
    const id = await automation(CREATED, [
      { type: "add_tag", tag: "before" },
      { type: "wait", duration: "P1M" },
      { type: "add_tag", tag: "after" },
    ]);
    const { id: leadId } = await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    expect(await read(leadId)).toMatchObject({ tags: ["before"] });
    // A month behind the 31st may be the last day of a shorter one.
    const jobs = () =>
      asOwner<{ id: string; month: boolean }>(
        `select j.id, j.status = 'waiting' and j.run_at = r.resume_at
            and r.resume_at between date_trunc('milliseconds', r.started_at + interval '1 month')
              and now() + interval '1 month' as month
          from crm.jobs j join crm.automation_runs r on r.id = (j.payload ->> 'run_id')::uuid
          where j.workspace_id = $1`,
        [workspace],
      );
    const [job] = await jobs();
    expect(job).toMatchObject({ month: true });
    // A wake-up too early changes nothing, but that another job waits.
    await asOwner("update crm.jobs set run_at = now() where id = $1", [job?.id]);
    await eventually(async () => (await jobs()).some((one) => one.id !== job?.id && one.month));
    await runsOnce(id, ([run]) => run?.status === "waiting");
    await resume();
    expect((await ended(id))[0]).toMatchObject({ status: "succeeded" });
    expect(await read(leadId)).toMatchObject({ tags: ["after", "before"] });
  });

  test("is followed by what the run began with when the automation changes meanwhile", async () => {
    const { automation, lead, api, ended, read, runsOnce, resume } = await automationWorld();
    const id = await automation(CREATED, [
      { type: "wait", duration: "P1D" },
      { type: "add_tag", tag: "old" },
    ]);
    const { id: leadId } = await lead();
    await runsOnce(id, ([run]) => run?.status === "waiting");
    const change = { is_active: false, actions: [{ type: "add_tag", tag: "new" }] };
    record(await api.patch(`automations/${id}`, change));
    await resume();
    await ended(id);
    expect(await read(leadId)).toMatchObject({ tags: ["old"] });
  });
});
