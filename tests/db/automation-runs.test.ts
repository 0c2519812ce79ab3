import { expect, test } from "vitest";
import { works } from "../../functions/worker/works.ts";
import { runDue } from "../../shared/jobs/run-due.ts";
import { apiDatabase } from "../support/as-role.ts";
import { AMPLE_TIME, jobsOf } from "../support/jobs.ts";
import { leadWorld } from "../support/lead-world.ts";
import { hurry } from "../support/mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();

async function runWorld(actions: readonly object[]) {
  const world = await leadWorld();
  const database = apiDatabase();
  const trigger = { type: "lead.created" };
  const automation = await world.insert("automations", {
    name: "A",
    is_active: true,
    trigger,
    actions,
  });
  const noSecrets = () => {
    throw new Error("no secrets");
  };
  return {
    ...world,
    automation,
    /** Does what is due, as the worker does. */
    work: () =>
      runDue({
        database,
        works,
        services: { secrets: noSecrets, publicUrl: "http://localhost", env: {} },
        ran() {},
      }, AMPLE_TIME),
    run: async () => {
      const [run] = await world.rows(
        "select * from crm.automation_runs order by number desc limit 1",
      );
      return run!;
    },
    due: async () =>
      (await jobsOf(world.id)).map(({ kind, due_after }) => [kind, Math.round(due_after)]),
  };
}

test("a step that fails is tried again after 5 s, 30 s, 5 min, 30 min and 2 h", async () => {
  const { id, create, work, run, due, rows } = await runWorld([
    { type: "add_tag", tag: "first" },
    { type: "create_task", title: "Second" },
  ]);
  await asOwner(`create function crm.fail() returns trigger language plpgsql as $$
    begin raise exception 'a secret of the database' using errcode = 'XX000'; end $$`);
  await asOwner(
    "create trigger fail before insert on crm.tasks for each row execute function crm.fail()",
  );
  await create();
  const error = "Something went wrong on our side.";
  for (const [attempt, wait] of [5, 30, 300, 1_800, 7_200].entries()) {
    await work();
    expect(await run()).toMatchObject({
      status: "running",
      reason: null,
      steps: [
        { status: "succeeded", attempts: 1 },
        { status: "pending", error, attempts: attempt + 1, finished_at: null },
      ],
    });
    expect(await due()).toEqual([["automations.step", wait]]);
    await hurry(id);
  }
  await work();
  expect(await run()).toMatchObject({
    status: "failed",
    reason: error,
    steps: [{}, { status: "failed", error, attempts: 6, finished_at: expect.any(String) }],
  });
  expect(await due()).toEqual([]);
  await asOwner("drop trigger fail on crm.tasks");
  await rows(
    "select app.retry_run(a.number, r.number) from crm.automation_runs r, crm.automations a",
  );
  await work();
  expect(await run()).toMatchObject({ status: "succeeded", reason: null });
  expect(await rows("select title from crm.tasks")).toEqual([{ title: "Second" }]);
});

test("a job that comes again does nothing more", async () => {
  const { create, work, run, rows, insert, due } = await runWorld([
    { type: "create_task", title: "Once" },
    { type: "create_task", title: "Twice" },
    { type: "wait", duration: "P1D" },
  ]);
  await create();
  await work();
  const { id } = await run();
  const [{ sequence } = { sequence: 0 }] = await rows(
    "select sequence from crm.events where resource = 'leads' and action = 'created'",
  );
  for (const place of [0, 1, 2]) {
    await insert("jobs", {
      kind: "automations.step",
      payload: { run_id: id, place },
      priority: 0,
      status: "waiting",
      run_at: "2026-01-01T00:00:00Z",
      attempts: 0,
    });
    await rows(
      "select app.enqueue_job('events.dispatch', jsonb_build_object('sequence', $1::bigint))",
      Number(sequence),
    );
    await work();
  }
  expect(await rows("select title from crm.tasks order by number"))
    .toEqual([{ title: "Once" }, { title: "Twice" }]);
  expect(await rows("select id from crm.automation_runs")).toEqual([{ id }]);
  // Place 2 itself was taken up again, and waits as before.
  expect((await due()).map(([kind]) => kind)).toEqual(["automations.step", "automations.step"]);
});

test("an event has a job only while something listens", async () => {
  const { id, create, rows, automation } = await runWorld([{ type: "add_tag", tag: "x" }]);
  await create();
  expect((await jobsOf(id)).map(({ kind }) => kind)).toEqual(["events.dispatch"]);
  await rows("update crm.automations set is_active = false where id = $1", automation.id);
  await create({ tags: ["a"] });
  expect(await jobsOf(id)).toHaveLength(1);
});

test("runs that ended 30 days ago are forgotten, but not that there were any", async () => {
  const { create, work, rows } = await runWorld([{ type: "add_tag", tag: "x" }]);
  await create();
  await work();
  await rows("update crm.automation_runs set finished_at = now() - interval '31 days'");
  await create();
  await work();
  await asOwner("select app.forget_runs()");
  await asOwner("select app.forget_runs()");
  expect(await rows("select id from crm.automation_runs")).toHaveLength(1);
  const [kept] = await rows(
    "select runs_count, last_run_at is not null as ran from crm.automations_with_runs",
  );
  expect(kept).toEqual({ runs_count: 2, ran: true });
  await rows("update crm.automation_runs set finished_at = now() - interval '31 days'");
  await asOwner("select app.forget_runs()");
  expect(await rows("select id from crm.automation_runs")).toEqual([]);
  const [gone] = await rows(
    "select runs_count, last_run_at is not null as ran from crm.automations_with_runs",
  );
  expect(gone).toEqual({ runs_count: 2, ran: true });
});
