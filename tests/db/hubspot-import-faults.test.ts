import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../shared/db/database.ts";
import { hubspotWorld } from "../support/hubspot-imports.ts";
import { endLeases, jobsOf, noJobs } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { hubspotContacts } from "../support/providers/hubspot-account.ts";
import { refusal, tooMany } from "../support/providers/hubspot-api.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

const GOOD = { status: "completed", updated: 0, skipped: 0, failed: 0, errors: [] };

/** A database whose transactions are cut off after so many. */
function cutOffAfter(database: Database, transactions: number): Database {
  let left = transactions;
  const transact: Database["transact"] = async (claims, work, ...others) => {
    if (left-- <= 0) throw new Error("killed");
    return await database.transact(claims, work, ...others);
  };
  return new Proxy(database, {
    get(target, name) {
      if (name === "transact") return transact;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Contacts by email, by profile, or by a phone, which does not tell them apart. */
function knownBy(n: number): Record<string, string | null> {
  if (n % 3 === 0) return {};
  const [email, lastname] = [null, `${n}`];
  return n % 3 === 1
    ? { email, lastname, hs_linkedin_url: `https://linkedin.com/in/p${n}` }
    : { email, lastname, phone: "+493012345" };
}

test("an import that is killed amid its pages goes on where it was, and makes each lead once", async () => {
  const { api, id, database, start, next, run, finish, last, rows } = await hubspotWorld();
  api.contacts.push(...hubspotContacts(210, knownBy));
  await start({ from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" });
  expect(await run(await next(), cutOffAfter(database, 1))).toBe("retry");
  expect(await last()).toMatchObject({
    status: "processing",
    total: 210,
    processed: 100,
    created: 100,
  });
  // Two runs have it, of which one was thought to be gone, beside another import of the same.
  const second = await next();
  await endLeases();
  const third = await next();
  await start();
  const fourth = await next();
  const outcomes = await Promise.all([run(second), run(third), run(fourth)]);
  expect(outcomes).toContain("lost");
  await finish();
  const leads = await rows("leads", "email, last_name");
  expect(leads).toHaveLength(210);
  expect(new Set(leads.map((one) => JSON.stringify(one))).size).toBe(210);
  const [both] = await asOwner<{ processed: number; created: number; skipped: number }>(
    `select sum(processed_rows)::int as processed, sum(created_rows)::int as created,
       sum(skipped_rows)::int as skipped from crm.import_jobs where workspace_id = $1`,
    [id],
  );
  expect(both).toEqual({ processed: 420, created: 210, skipped: 210 });
  expect(await jobsOf(id)).toEqual([]);
});

test("two imports at once make each lead once, also who has neither email nor profile", async () => {
  const { api, start, next, run, rows } = await hubspotWorld();
  api.contacts.push(...hubspotContacts(60, (n) => knownBy(3 * n + 2)));
  await start();
  const first = await next();
  await start();
  const second = await next();
  expect(await Promise.all([run(first), run(second)])).toEqual(["done", "done"]);
  expect(await rows("leads", "last_name")).toHaveLength(60);
});

test("a token that is refused midway ends the import, and the app is told to be in error", async () => {
  const { api, id, start, next, run, last } = await hubspotWorld();
  api.contacts.push(...hubspotContacts(150));
  api.mishaps.push(null, refusal(401, "EXPIRED_AUTHENTICATION", "The token expired."));
  await start();
  expect(await run(await next())).toBe("done");
  expect(await last()).toMatchObject({
    status: "failed",
    processed: 100,
    created: 100,
    errors: [{
      row: 101,
      field: null,
      hubspot_id: null,
      message: expect.stringContaining("HubSpot"),
    }],
  });
  const [app] = await asOwner(
    "select status, last_error from crm.connected_accounts where workspace_id = $1",
    [id],
  );
  expect(app).toEqual({ status: "error", last_error: expect.stringContaining("HubSpot") });
  expect(await jobsOf(id)).toEqual([]);
});

test("an import waits where HubSpot or the day's contacts say so, and loses nothing", async () => {
  const { api, id, start, next, run, finish, last } = await hubspotWorld();
  api.contacts.push(...hubspotContacts(30));
  api.mishaps.push(tooMany(60));
  await asOwner("update crm.workspaces set contacts_per_day = 12 where id = $1", [id]);
  await start({ most: 20 });
  expect(await run(await next())).toBe("retry");
  expect(await last()).toMatchObject({ status: "pending", processed: 0 });
  expect(await run(await next())).toBe("done");
  expect(await last()).toMatchObject({
    status: "processing",
    processed: 12,
    created: 12,
    total: 12,
  });
  const [job] = await jobsOf(id);
  // The next day, if that comes sooner.
  const untilTomorrow = (86_400_000 - Date.now() % 86_400_000) / 1_000;
  expect(job?.due_in).toBeGreaterThan(Math.min(800, untilTomorrow - 100));
  await asOwner("update crm.workspaces set contacts_per_day = 100 where id = $1", [id]);
  expect(await finish()).toEqual({ ...GOOD, total: 20, processed: 20, created: 20 });
});

test("an import without the app, or whose job is given up, has failed", async () => {
  const { id, start, next, run, finish, last } = await hubspotWorld();
  await start();
  await asOwner("update crm.jobs set attempts = 20");
  expect(await run(await next())).toBe("dead");
  expect(await last()).toMatchObject({ status: "failed", processed: 0 });
  await start();
  await asOwner("delete from crm.connected_accounts where workspace_id = $1", [id]);
  const message = "HubSpot is not connected any more.";
  expect(await finish()).toMatchObject({ status: "failed", errors: [{ row: 1, message }] });
});
