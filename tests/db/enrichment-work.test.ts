import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { works } from "../../functions/worker/works.ts";
import { enrichmentCreation } from "../../shared/crm/enrichment-jobs.ts";
import type { Database } from "../../shared/db/database.ts";
import { statement } from "../../shared/db/sql.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { type JobOutcome, runJob } from "../../shared/jobs/run-job.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { endLeases, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { lioUser } from "../support/lio.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { type EnrichmentApi, enrichmentApi } from "../support/providers/enrichment-api.ts";
import { SERVICES } from "../support/test-worker.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
let service: EnrichmentApi;
beforeAll(async () => {
  service = await enrichmentApi();
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.mishaps.splice(0);
  service.known.clear();
  await noJobs();
});

/** Runs a job that was taken. */
async function run(database: Database, job: Job | undefined): Promise<JobOutcome> {
  const load = works["leads.enrich"];
  if (job === undefined || load === undefined) throw new Error("there is no such job");
  const env = { ...SERVICES.env, ...service.environment };
  return (await runJob(database, job, await load(), { ...SERVICES, env }, 60)).outcome;
}

const profileOf = (n: number) => `https://www.linkedin.com/in/p${n}`;

/** An enrichment of so many profiles, of which the service knows every one but each third. */
async function enrichmentWorld(count: number) {
  const { id } = await testWorkspace();
  const { id: userId } = await lioUser({ id }, "manager");
  const database = apiDatabase({ size: 8 });
  const entries = Array.from({ length: count }, (_, n) => ({ linkedin_url: profileOf(n) }));
  for (let n = 0; n < count; n++) {
    if (n % 3 !== 2) service.known.set(profileOf(n), { data: { city: `City ${n}` } });
  }
  const making = enrichmentCreation({ userId, groupId: null, entries });
  await database.write(claimsOf(id), making.map(statement));
  const state = async () =>
    (await asOwner<Record<string, unknown>>(
      `select status, processed_rows as processed, created_rows as created, failed_rows as failed,
         (select count(*)::int from crm.leads where workspace_id = $1) as leads,
         (select count(distinct city)::int from crm.leads where workspace_id = $1) as cities,
         (select balance::int from crm.ledgers where workspace_id = $1 and ledger = 'credits') as credits,
         (select count(*)::int from crm.ledger_entries where workspace_id = $1 and amount = -1) as charges
       from crm.import_jobs where workspace_id = $1`,
      [id],
    ))[0];
  const results = () =>
    asOwner<{ status: string; error: string | null }>(
      "select status, error from crm.enrichment_entries where workspace_id = $1 order by place",
      [id],
    );
  return { id, database, state, results };
}

/** Leaves a workspace so many credits. */
async function creditsLeft(id: string, balance: number): Promise<void> {
  await asOwner(
    "update crm.ledgers set balance = $2 where workspace_id = $1 and ledger = 'credits'",
    [id, balance],
  );
}

/** Takes the job that goes on with an enrichment, whenever it is due. */
async function next(database: Database): Promise<Job | undefined> {
  await asOwner(
    "update crm.jobs set run_at = now() where kind = 'leads.enrich' and status = 'waiting'",
  );
  return (await taken(database)).find(({ kind }) => kind === "leads.enrich");
}

/** A database whose transactions are cut off after so many, be it before or after they are committed. */
function cutOffAfter(database: Database, transactions: number, isCommitted: boolean): Database {
  let left = transactions;
  const transact: Database["transact"] = async (...given) => {
    const isLast = left-- <= 0;
    if (isLast && !isCommitted) throw new Error("killed");
    const result = await database.transact(...given);
    if (isLast) throw new Error("killed");
    return result;
  };
  return new Proxy(database, {
    get(target, name) {
      if (name === "transact") return transact;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const ALL = {
  status: "completed",
  processed: 12,
  created: 12,
  failed: 0,
  leads: 12,
  cities: 8,
  credits: 92,
  charges: 8,
};

test.each([[3, false], [6, true]])(
  "an enrichment that is killed after %d transactions (the last kept: %s) does each entry once",
  async (transactions, isCommitted) => {
    const { id, database, state } = await enrichmentWorld(12);
    const [first] = await taken(database);
    expect(await run(cutOffAfter(database, transactions, isCommitted), first)).toBe("retry");
    expect(await state()).not.toMatchObject({ status: "completed" });
    // Two runs have it, of which one was thought to be gone.
    const second = await next(database);
    await endLeases();
    const third = await next(database);
    const outcomes = await Promise.all([run(database, second), run(database, third)]);
    expect(outcomes).toContain("lost");
    for (let left = await next(database); left; left = await next(database)) {
      await run(database, left);
    }
    expect(await state()).toEqual(ALL);
    expect(await jobsOf(id)).not.toContainEqual(expect.objectContaining({ kind: "leads.enrich" }));
  },
);

test("what fails is told of its entry, costs nothing, and stops no other", async () => {
  const { database, state, results } = await enrichmentWorld(5);
  service.mishaps.push({ status: 401, body: { error: { code: "invalid_key" } } });
  expect(await run(database, await next(database))).toBe("done");
  const told = await results();
  const failed = told.filter(({ status }) => status === "failed");
  expect(failed).toEqual([{ status: "failed", error: "Enrichment failed: invalid_key (401)." }]);
  expect(await state()).toMatchObject({ status: "completed", processed: 5, failed: 1, leads: 4 });
});

test("entries fail for want of a credit once none is left, whichever come first", async () => {
  const { id, database, state, results } = await enrichmentWorld(6);
  await creditsLeft(id, 2);
  expect(await run(database, await next(database))).toBe("done");
  expect(await state()).toMatchObject({ status: "completed", credits: 0, charges: 2 });
  const errors = (await results()).flatMap(({ error }) => error ?? []);
  expect(errors.length).toBeGreaterThan(1);
  expect(new Set(errors)).toEqual(new Set(["This takes 1 credits; 0 are left."]));
});

test("a credit that was set aside for what is not found is there for the next entry", async () => {
  const { id, database, state, results } = await enrichmentWorld(4);
  await creditsLeft(id, 1);
  service.known.clear();
  service.known.set(profileOf(3), { data: { city: "Bonn" } });
  expect(await run(database, await next(database))).toBe("done");
  expect(await state()).toMatchObject({ status: "completed", failed: 0, credits: 0, charges: 1 });
  const told = (await results()).map(({ status }) => status);
  expect(told).toEqual(["not_found", "not_found", "not_found", "enriched"]);
});

test("the source that leads of profiles have must be active, or their entries fail", async () => {
  const { id, database, state, results } = await enrichmentWorld(1);
  await asOwner(
    `update crm.lookups set is_active = false
      where workspace_id = $1 and module_name = 'lead' and type = 'source' and number = 3`,
    [id],
  );
  expect(await run(database, await next(database))).toBe("done");
  expect(await results())
    .toEqual([{ status: "failed", error: "lead_source: No active source with this id." }]);
  expect(await state()).toMatchObject({ leads: 0, credits: 100, charges: 0 });
});

test("the day's new contacts bound the leads that are made", async () => {
  const { id, database, state, results } = await enrichmentWorld(1);
  await asOwner("update crm.workspaces set contacts_per_day = 0 where id = $1", [id]);
  await asOwner(
    `update crm.enrichment_entries set given = given || '{"email": "jane@example.com"}' where workspace_id = $1`,
    [id],
  );
  expect(await run(database, await next(database))).toBe("done");
  expect(await results()).toMatchObject([{
    status: "failed",
    error: expect.stringMatching(/day/),
  }]);
  expect(await state()).toMatchObject({ leads: 0, credits: 100, charges: 0 });
});

test("an enrichment whose job is given up has failed", async () => {
  const { database, state } = await enrichmentWorld(1);
  await asOwner("update crm.jobs set attempts = 20");
  expect(await run(database, (await taken(database))[0])).toBe("dead");
  expect(await state()).toMatchObject({ status: "failed", leads: 0, credits: 100 });
});
