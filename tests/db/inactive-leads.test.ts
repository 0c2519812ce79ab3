import { expect, test } from "vitest";
import { leadWorld, type Row } from "../support/lead-world.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();

const DAYS = 30;
const days = (count: number) => `interval '${count * 24} hours'`;

const TABLES = ["crm.leads", "crm.activities"];

/** Changes rows without what their triggers would do. */
async function silently(text: string): Promise<void> {
  const triggers = (state: "disable" | "enable") =>
    TABLES.map((table) => `alter table ${table} ${state} trigger user`).join(";");
  await asOwner(`begin; ${triggers("disable")}; ${text}; ${triggers("enable")}; commit`);
}

async function quietWorld() {
  const world = await leadWorld();
  const of = `workspace_id = '${world.id}'`;
  const leadOf = async (age: number, fields: object = {}) => {
    const made = await world.create(fields);
    await silently(
      `update crm.leads set updated_at = now() - ${days(age)} where id = '${made.id}'`,
    );
    return made;
  };
  return {
    ...world,
    automation: (trigger: object = { type: "lead.inactive", days: DAYS }) =>
      world.insert("automations", { name: "A", is_active: true, trigger, actions: [{}] }),
    /** A lead that last changed so many days ago. */
    lead: leadOf,
    /** An activity of a lead's contact, made so many days ago. */
    async activity({ contact_id }: Row, age: number) {
      const { id } = await world.insert("activities", { type: "call", contact_id, data: {} });
      await silently(
        `update crm.activities set created_at = now() - ${days(age)} where id = '${id}'`,
      );
    },
    async pass(count: number) {
      const past = (column: string) => `${column} = ${column} - ${days(count)}`;
      await silently(`update crm.leads set ${past("updated_at")} where ${of};
        update crm.activities set ${past("created_at")} where ${of};
        update crm.inactivity_scans set ${past("lead_at")}, ${past("activity_at")} where ${of}`);
    },
    /** The leads that are found now, one after another. */
    async found(): Promise<string[]> {
      await asOwner(`update crm.inactivity_scans set next_at = '-infinity' where ${of}`);
      await asOwner("select app.find_inactive_leads()");
      const jobs = await asOwner<{ lead: string }>(
        `with gone as (delete from crm.jobs where ${of} and kind = 'automations.inactive' returning *)
          select payload ->> 'lead_id' as lead from gone order by id`,
      );
      return jobs.map(({ lead }) => lead);
    },
  };
}

test("a lead is found once it did not change for so many days, and once only", async () => {
  const { automation, lead, found, pass } = await quietWorld();
  const [old, young] = [await lead(40), await lead(20)];
  await automation();
  expect(await found()).toEqual([old.id]);
  expect(await found()).toEqual([]);
  await pass(9);
  expect(await found()).toEqual([]);
  await pass(2);
  expect(await found()).toEqual([young.id]);
  expect(await found()).toEqual([]);
});

test("a lead that changed again is found again, so many days later", async () => {
  const { automation, lead, found, pass, change } = await quietWorld();
  const old = await lead(40);
  await automation();
  expect(await found()).toEqual([old.id]);
  await change(old, { status: "contacted" });
  await pass(29);
  expect(await found()).toEqual([]);
  await pass(2);
  expect(await found()).toEqual([old.id]);
});

test("an activity of its contact keeps it from being quiet, for that long", async () => {
  const { automation, lead, activity, found, pass } = await quietWorld();
  const [kept, quiet] = [
    await lead(60, { email: "a@x.com" }),
    await lead(60, { email: "b@x.com" }),
  ];
  await activity(kept, 50);
  await activity(kept, 10);
  await activity(quiet, 40);
  await automation();
  expect(await found()).toEqual([quiet.id]);
  await pass(19);
  expect(await found()).toEqual([]);
  await pass(2);
  expect(await found()).toEqual([kept.id]);
  expect(await found()).toEqual([]);
});

test("nothing is looked for when the automation is inactive or has another trigger", async () => {
  const { automation, lead, found, rows } = await quietWorld();
  const old = await lead(40);
  const { id } = await automation();
  await rows("update crm.automations set is_active = false where id = $1", id);
  expect(await found()).toEqual([]);
  await rows("update crm.automations set is_active = true where id = $1", id);
  expect(await found()).toEqual([old.id]);
  await rows(`update crm.automations set trigger = '{"type": "lead.created"}' where id = $1`, id);
  expect(await found()).toEqual([]);
});

test("many leads are found a bounded number at a time, each once", async () => {
  const { automation, found, id, rows } = await quietWorld();
  const [pipeline] = await rows("select id from crm.pipelines");
  await silently(`insert into crm.leads (workspace_id, pipeline_id, first_name, updated_at)
    select '${id}', '${pipeline!.id}', 'Lead ' || n, now() - ${days(60)} + n % 7 * interval '1 day'
    from generate_series(1, 2100) n`);
  await automation();
  const each = [await found(), await found(), await found()];
  expect(each.map(({ length }) => length)).toEqual([1000, 1000, 100]);
  expect(new Set(each.flat()).size).toBe(2_100);
  expect(await found()).toEqual([]);
});
