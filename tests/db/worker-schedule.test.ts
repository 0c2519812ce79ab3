import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { hostedDatabase, PG_CRON, PG_NET_AND_VAULT } from "../support/hosted-database.ts";

const COMMAND = "select command, schedule from cron.job where jobname = 'lumenbase-worker'";

const database = hostedDatabase(PG_CRON, PG_NET_AND_VAULT);
const owner = () => database().owner;

beforeEach(async () => {
  await owner().query("delete from crm.workspaces; delete from net.requests");
  await owner().query("delete from vault.decrypted_secrets");
  await owner().query(
    "update crm.schedules set next_at = now() + interval '1 hour', retry_at = null",
  );
  await owner().query("insert into crm.workspaces (slug, name) values ('acme', 'Acme')");
});

/** Lets pg_cron's time come; answers what pg_net was asked to send. */
async function tick(): Promise<unknown[]> {
  const { rows: [job] } = await owner().query(COMMAND);
  await owner().query(job.command);
  return (await owner().query("select url, headers, body from net.requests")).rows;
}

async function keepSecrets(): Promise<void> {
  await owner().query(
    `insert into vault.decrypted_secrets values ('lumenbase_worker_secret', 'a-secret'),
      ('lumenbase_functions_url', 'https://x.supabase.co/functions/v1/')`,
  );
}

const job = (values: string) =>
  owner().query(
    `insert into crm.jobs (workspace_id, kind, status, run_at, lease, lease_until)
      select id, 'a.kind', ${values} from crm.workspaces`,
  );

const CALL = {
  url: "https://x.supabase.co/functions/v1/worker",
  headers: { Authorization: "Bearer a-secret" },
  body: {},
};
const HOUR = "interval '1 hour'";

test("it is planned, and calls nobody without the secrets", async () => {
  expect((await owner().query(COMMAND)).rows).toMatchObject([{ schedule: "10 seconds" }]);
  await job("'waiting', now(), null, null");
  expect(await tick()).toEqual([]);
});

test("what pg_cron notes of each call is kept for a week", async () => {
  await owner().query(
    `insert into cron.job_run_details
      values (now() - interval '6 days'), (now() - interval '8 days'), (null)`,
  );
  const planned = "select command from cron.job where jobname = 'lumenbase-cron-history'";
  await owner().query((await owner().query(planned)).rows[0].command);
  expect((await owner().query("select from cron.job_run_details")).rowCount).toBe(2);
});

test.each([
  ["a job that is due", () => job(`'waiting', now() - ${HOUR}, null, null`)],
  ["a job whose lease is over", () => job(`'running', now(), gen_random_uuid(), now() - ${HOUR}`)],
  ["a schedule that is due", () => owner().query("update crm.schedules set next_at = now()")],
  ["a schedule that failed", () => owner().query("update crm.schedules set retry_at = now()")],
])("%s has the worker called", async (_, given) => {
  await keepSecrets();
  await given();
  expect(await tick()).toEqual([CALL]);
});

test.each([
  ["nothing", async () => {}],
  ["a job that is due later", () => job(`'waiting', now() + ${HOUR}, null, null`)],
  ["a job that runs", () => job(`'running', now(), gen_random_uuid(), now() + ${HOUR}`)],
  ["a dead job", () => job("'dead', now(), null, null")],
])("%s has nobody called", async (_, given) => {
  await keepSecrets();
  await given();
  expect(await tick()).toEqual([]);
});

test("the API's role may not call it", async () => {
  const api = new pg.Client(database().apiUrl);
  await api.connect();
  for (const name of ["call_worker", "work_is_due"]) {
    await expect(api.query(`select app.${name}()`)).rejects.toMatchObject({ code: "42501" });
  }
  await api.end();
});
