import { expect, test } from "vitest";
import { works } from "../../functions/worker/works.ts";
import { runDue } from "../../shared/jobs/run-due.ts";
import { apiDatabase } from "../support/as-role.ts";
import { leadWorld, type Row } from "../support/lead-world.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { SERVICES } from "../support/test-worker.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();

async function reminderWorld() {
  const world = await leadWorld();
  const { id: user } = await world.insert("users", { name: "Rita", email: "r@acme.com" });
  const lead = await world.create({ first_name: "Jane", last_name: "Roe" });
  await world.rows(
    "update crm.leads set assigned_to = $1 where id = $2",
    String(user),
    String(lead.id),
  );
  const database = apiDatabase({ size: 4 });
  const of = [world.id];
  return {
    ...world,
    lead,
    async followUp(due: string, description: string | null = null): Promise<Row> {
      const [made] = await world.rows(
        "select app.add_follow_up($1, $2) as id",
        Number(lead.number),
        JSON.stringify({ due_at: due, description }),
      );
      if (made === undefined) throw new Error("no follow-up was made");
      return made;
    },
    /** Has all that waits for its time be due. */
    async pass() {
      await asOwner(
        `update crm.jobs set run_at = now()
          where workspace_id = $1 and kind = 'follow_ups.due' and run_at > now()`,
        of,
      );
    },
    async told(): Promise<unknown[]> {
      const due = "select from crm.jobs where workspace_id = $1 and run_at <= now()";
      while ((await asOwner(due, of)).length > 0) {
        await runDue({ database, works, services: SERVICES, ran: () => {} });
      }
      return await asOwner(
        `select type, title, body, subject_type, subject_id::int from crm.notifications
          where workspace_id = $1 and type = 'follow_up_due' order by number`,
        of,
      );
    },
  };
}

const PAST = "2026-01-05T09:00:00Z";
const LATER = "2999-01-05T09:00:00Z";

test("whom a follow-up is assigned to is told once, when it is due", async () => {
  const { followUp, told, rows, lead } = await reminderWorld();
  const { id } = await followUp(PAST, "Ask for the budget");
  await followUp(LATER);
  const notification = {
    type: "follow_up_due",
    title: "Follow-up with Jane Roe is due",
    body: "Ask for the budget",
    subject_type: "lead",
    subject_id: Number(lead.number),
  };
  expect(await told()).toEqual([notification]);
  await rows("update crm.tasks set status = 'rescheduled', due_at = due_at where id = $1", id);
  expect(await told()).toEqual([notification]);
  await rows("update crm.tasks set due_at = due_at + interval '1 hour' where id = $1", id);
  expect(await told()).toEqual([notification, notification]);
});

test("nobody is told of one that is done, due at another time, or nobody's by then", async () => {
  const { followUp, told, rows, pass } = await reminderWorld();
  const [done, moved, nobodys, undone] = [
    await followUp(LATER),
    await followUp(LATER),
    await followUp(LATER),
    await followUp(PAST, "Again"),
  ];
  await rows("update crm.tasks set status = 'completed' where id in ($1, $2)", done.id, undone.id);
  await rows("update crm.tasks set due_at = due_at + interval '1 day' where id = $1", moved.id);
  await rows("update crm.tasks set assigned_to = null where id = $1", nobodys.id);
  expect(await told()).toEqual([]);
  await rows("update crm.tasks set status = 'open' where id = $1", undone.id);
  expect(await told()).toMatchObject([{ body: "Again" }]);
  await rows("delete from crm.tasks where id = $1", undone.id);
  await pass();
  // Only the one that was moved is open at the time of a job, and somebody's.
  expect(await told()).toMatchObject([{ body: "Again" }, { body: null }]);
});

test("one that is moved away and back is told of once", async () => {
  const { followUp, told, rows, pass } = await reminderWorld();
  const { id } = await followUp(LATER, "Back again");
  const move = (by: string) =>
    rows("update crm.tasks set due_at = due_at + $2::interval where id = $1", id, by);
  await move("1 day");
  await move("-1 day");
  await rows("update crm.tasks set status = 'completed' where id = $1", id);
  await rows("update crm.tasks set status = 'open' where id = $1", id);
  await pass();
  expect(await told()).toMatchObject([{ body: "Back again" }]);
});
