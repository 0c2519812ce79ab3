import { works } from "../../functions/worker/works.ts";
import { secretBox } from "../../shared/auth/secret-box.ts";
import {
  type BegunHubspotImport,
  hubspotImportCreation,
  nextPages,
} from "../../shared/crm/hubspot-imports.ts";
import { writtenId } from "../../shared/crm/views/statements.ts";
import type { Database } from "../../shared/db/database.ts";
import { sql, statement } from "../../shared/db/sql.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { type JobOutcome, runJob } from "../../shared/jobs/run-job.ts";
import type { WorkServices } from "../../shared/jobs/work.ts";
import { apiDatabase } from "./as-role.ts";
import { connectApp } from "./connected-accounts.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { taken } from "./jobs.ts";
import { lioUser } from "./lio.ts";
import { HUBSPOT_TOKEN } from "./providers/hubspot-account.ts";
import { hubspotApi } from "./providers/hubspot-api.ts";
import { asOwner, testWorkspace } from "./workspace.ts";

const BOX = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
const MAPPING = {
  lead: {
    email: "email",
    phone: "phone_number",
    firstname: "first_name",
    lastname: "last_name",
    hs_linkedin_url: "linkedin_url",
    jobtitle: "job_title",
    plan: "custom_fields.plan",
  },
  company: { name: "company_name", city: "city", website: "website" },
};

/** Runs a job that was taken as the worker does, whose services are at these addresses. */
export async function runOne(
  database: Database,
  job: Job | undefined,
  env: WorkServices["env"],
): Promise<JobOutcome> {
  const load = job && works[job.kind];
  if (job === undefined || load === undefined) throw new Error("there is no such job");
  const services: WorkServices = { secrets: () => BOX, publicUrl: "https://api.test", env };
  return (await runJob(database, job, await load(), services, 60)).outcome;
}

/** An account of HubSpot's that a workspace is connected with, and imports of its contacts. */
export async function hubspotWorld() {
  const api = await hubspotApi();
  const { id } = await testWorkspace();
  const { id: userId } = await lioUser({ id }, "manager");
  await connectApp(id, "hubspot", { credentials: { access_token: HUBSPOT_TOKEN } });
  const database = apiDatabase({ size: 8 });
  const actor = { kind: "user" as const, id: userId };
  const workspace = new Workspace(database, { workspaceId: id, actor, scopes: [], requestId: id });
  const start = async (more: Partial<BegunHubspotImport> = {}) => {
    const usual = { userId, mapping: MAPPING, from: null, to: null, most: 100_000 };
    await workspace.write([
      statement(sql`with written as (${hubspotImportCreation({ ...usual, ...more })})
        select set_config('app.written_id', (select id::text from written), true)`),
      statement(nextPages(writtenId)),
    ]);
  };
  /** Takes the job that goes on with an import, whenever it is due. */
  const next = async () => {
    // Those that score leads would take all turns.
    await asOwner("delete from crm.jobs where kind = 'leads.score'");
    await asOwner(
      "update crm.jobs set run_at = now() where kind = 'hubspot.import' and status = 'waiting'",
    );
    return (await taken(database)).find(({ kind }) => kind === "hubspot.import");
  };
  const run = (job: Job | undefined, at = database) =>
    runOne(at, job, { HUBSPOT_API_URL: api.url });
  /** Runs what is left of the imports; answers the last one. */
  const finish = async () => {
    for (let left = await next(); left; left = await next()) await run(left);
    return await last();
  };
  const last = async () =>
    (await asOwner<Record<string, unknown>>(
      `select status, total_rows as total, processed_rows as processed, created_rows as created,
         updated_rows as updated, skipped_rows as skipped, failed_rows as failed, errors
       from crm.import_jobs where workspace_id = $1 order by number desc limit 1`,
      [id],
    ))[0];
  /** Rows of the workspace, in the order in which they were made. */
  const rows = (table: string, columns: string) =>
    asOwner<Record<string, unknown>>(
      `select ${columns} from crm.${table} where workspace_id = $1 order by number`,
      [id],
    );
  return { api, id, userId, database, workspace, start, next, run, finish, last, rows };
}
