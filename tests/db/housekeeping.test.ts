import { beforeEach, expect, test } from "vitest";
import { housekeep } from "../../supabase/local/admin/housekeeping.ts";
import { session } from "../support/as-role.ts";
import { hostedDatabase, PG_CRON } from "../support/hosted-database.ts";

const WORKSPACES = ["first", "second"];
const TABLES = ["idempotency_keys", "connector_deliveries", "events", "jobs"] as const;
/** The column that names a row of each. */
const NAMES = {
  idempotency_keys: "key",
  connector_deliveries: "event_id",
  events: "request_id",
  jobs: "kind",
} as const;

const database = hostedDatabase(PG_CRON);
const owner = () => database().owner;

beforeEach(async () => {
  await owner().query("delete from crm.workspaces");
  const insert =
    "insert into crm.workspaces (slug, name) select slug, slug from unnest($1::text[]) slug";
  await owner().query(insert, [WORKSPACES]);
  // Those of what a workspace begins with.
  await owner().query("delete from crm.events");
});

/** Keeps a key, a delivery, an event and a dead job of these ages in each workspace, each named by its age. */
async function keep(...ages: string[]): Promise<void> {
  await owner().query(
    `insert into crm.idempotency_keys (workspace_id, key, request_hash, created_at)
      select w.id, age, '\\x00', now() - age::interval from crm.workspaces w, unnest($1::text[]) age`,
    [ages],
  );
  await owner().query(
    `insert into crm.connector_deliveries
        (workspace_id, event_id, status, content_type, body, created_at)
      select w.id, age, 'accepted', 'text/plain', '', now() - age::interval
      from crm.workspaces w, unnest($1::text[]) age`,
    [ages],
  );
  await owner().query(
    `insert into crm.events (workspace_id, resource, record_id, action, request_id, at)
      select w.id, 'contacts', w.id, 'created', age, now() - age::interval
      from crm.workspaces w, unnest($1::text[]) age`,
    [ages],
  );
  await owner().query(
    `insert into crm.jobs (workspace_id, kind, status, created_at, updated_at)
      select w.id, age, 'dead', now() - age::interval, now() - age::interval
      from crm.workspaces w, unnest($1::text[]) age`,
    [ages],
  );
}

/** The ages of what each workspace still has. */
async function left(table: typeof TABLES[number]): Promise<Record<string, string[]>> {
  const [name, time] = [NAMES[table], table === "events" ? "at" : "created_at"];
  const { rows } = await owner().query<{ slug: string; ages: string[] }>(
    `select w.slug, array_agg(k.${name} order by k.${time} desc) as ages
      from crm.${table} k join crm.workspaces w on w.id = k.workspace_id group by w.slug`,
  );
  return Object.fromEntries(rows.map(({ slug, ages }) => [slug, ages]));
}

const ofEach = (...ages: string[]) => Object.fromEntries(WORKSPACES.map((slug) => [slug, ages]));

test("keys are kept for 24 hours, all else for 30 days, in every workspace", async () => {
  await keep("0", "23 hours", "25 hours", "29 days", "31 days", "400 days");
  const removed = { idempotencyKeys: 8, deliveries: 4, events: 4, deadJobs: 4 };
  expect(await housekeep(owner())).toMatchObject(removed);
  expect(await left("idempotency_keys")).toEqual(ofEach("0", "23 hours"));
  for (const table of ["connector_deliveries", "events", "jobs"] as const) {
    expect(await left(table)).toEqual(ofEach("0", "23 hours", "25 hours", "29 days"));
  }
  expect(await housekeep(owner())).toEqual({
    idempotencyKeys: 0,
    deliveries: 0,
    events: 0,
    deadJobs: 0,
    requests: 0,
    others: 0,
  });
});

test("no more than asked for is removed at once, the oldest first", async () => {
  await keep("32 days", "33 days", "34 days");
  const once = async () => (await owner().query("select * from app.housekeep(2)")).rows;
  const two = { idempotency_keys: 2, deliveries: 2, events: 2, dead_jobs: 2 };
  expect(await once()).toMatchObject([two]);
  for (const table of TABLES) expect(await left(table)).toEqual(ofEach("32 days", "33 days"));
  await once();
  expect(await once()).toMatchObject([two]);
  const none = { idempotency_keys: 0, deliveries: 0, events: 0, dead_jobs: 0 };
  expect(await once()).toEqual([{ ...none, requests: 0, others: 0 }]);
});

test("what a request holds is passed over rather than waited for", async () => {
  await keep("40 days");
  const holder = await session(database().ownerUrl);
  await holder.query("begin");
  for (const table of TABLES) {
    const first = "(select id from crm.workspaces where slug = 'first')";
    await holder.query(`select from crm.${table} where workspace_id = ${first} for update`);
  }
  await owner().query("set lock_timeout = '30s'");
  const removed = { idempotencyKeys: 1, deliveries: 1, events: 1, deadJobs: 1 };
  expect(await housekeep(owner())).toMatchObject(removed);
  for (const table of TABLES) expect(await left(table)).toEqual({ first: ["40 days"] });
  await holder.query("rollback");
});

test("attempts to sign in are forgotten after a day, however many there are", async () => {
  await owner().query(
    `insert into crm.sign_in_attempts (subject, id, at)
      select app.sign_in_subject('address', age), app.uuid_v7(), now() - age::interval
      from unnest('{23 hours,25 hours}'::text[]) age,
        generate_series(1, case age when '23 hours' then 1 else 1100 end)`,
  );
  expect(await housekeep(owner())).toMatchObject({ others: 1100 });
  const { rows } = await owner().query(
    "select subject = app.sign_in_subject('address', '23 hours') as young from crm.sign_in_attempts",
  );
  expect(rows).toEqual([{ young: true }]);
});

test("a job that waits or runs is kept, however old", async () => {
  await keep("40 days");
  await owner().query("update crm.jobs set status = 'waiting' where kind = '40 days'");
  await owner().query("alter table crm.jobs disable trigger touch_updated_at");
  await owner().query("update crm.jobs set updated_at = now() - interval '40 days'");
  await owner().query("alter table crm.jobs enable trigger touch_updated_at");
  expect(await housekeep(owner())).toMatchObject({ deliveries: 2, deadJobs: 0 });
  expect(await left("jobs")).toEqual(ofEach("40 days"));
});

test("windows of requests go when they are a day old", async () => {
  await owner().query(`insert into crm.rate_windows (subject, window_start, seconds, requests)
    select gen_random_uuid(), now() - age, 60, 1
    from unnest('{10 seconds, 23 hours, 25 hours, 3 days}'::interval[]) age`);
  await housekeep(owner());
  const { rows } = await owner().query(
    "select window_start > now() - interval '1 day' as is_young from crm.rate_windows",
  );
  expect(rows).toEqual([{ is_young: true }, { is_young: true }]);
});

test("the log of requests is kept for 7 days, and goes with its workspace", async () => {
  await owner().query(
    `select app.log_requests(json_agg(json_build_object('workspace_id', w.id,
        'id', gen_random_uuid(), 'ago', extract(epoch from age::interval) * 1000, 'api', 'lio',
        'method', 'GET', 'path', '/lio', 'status', 404, 'ms', 1, 'actor_kind', 'key',
        'actor_id', w.id, 'request_id', age)))
      from crm.workspaces w, unnest('{1 day,6 days 23 hours,7 days 1 hour,9 days}'::text[]) age,
        generate_series(1, 300)`,
  );
  // Those of two ages, with the hours of the older one.
  expect(await housekeep(owner())).toMatchObject({ requests: 2 * (300 + 300 + 1) });
  const { rows } = await owner().query(
    "select request_id, count(*)::int from crm.requests group by 1 order by 1",
  );
  expect(rows).toEqual([{ request_id: "1 day", count: 600 }, {
    request_id: "6 days 23 hours",
    count: 600,
  }]);
  const hours = await owner().query(
    "select sum(requests)::int as requests, sum(errors)::int as errors from crm.request_hours",
  );
  expect(hours.rows).toEqual([{ requests: 1_800, errors: 1_800 }]);
  await owner().query("delete from crm.workspaces");
  expect((await owner().query("select from crm.requests")).rowCount).toBe(0);
});

test("pg_cron runs it, where there is pg_cron", async () => {
  await keep("1 hour", "40 days");
  const { rows } = await owner().query("select * from cron.job");
  expect(rows).toEqual([
    { jobname: "lumenbase-housekeep", schedule: "*/5 * * * *", command: expect.any(String) },
  ]);
  await owner().query(rows[0].command);
  for (const table of TABLES) expect(await left(table)).toEqual(ofEach("1 hour"));
});

test("the API's role may not", async () => {
  const api = await session(database().apiUrl);
  await expect(api.query("select app.housekeep(1)")).rejects.toMatchObject({ code: "42501" });
});
