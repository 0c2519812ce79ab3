import * as z from "zod";
import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import * as column from "./column.ts";
import { columnsOf } from "./records.ts";
import { type Resource, resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** What a job can be: one that succeeded is gone. */
export const JOB_STATUSES = ["waiting", "running", "dead"] as const;

/** Jobs that wait, run or are dead, without their payload. */
export const jobs: Resource = resource({
  record: "job",
  name: "jobs",
  table: "crm.jobs",
  columns: {
    id: column.id,
    kind: column.readOnly(z.string()),
    status: column.readOnly(z.enum(JOB_STATUSES)),
    attempts: column.readOnly(z.int().min(0)),
    run_at: column.time,
    last_error: column.readOnly(answer.text),
    created_at: column.time,
    updated_at: column.time,
  },
  uncounted: true,
  sorts: { created_at: { column: "created_at", type: "timestamptz" } },
});

/** The kinds of jobs that are not run again once dead: what each was for is told as failed, for good. */
export const TOLD_AS_FAILED: readonly string[] = [
  "leads.import",
  "exports.write",
  "leads.enrich",
  "drafts.write",
  "hubspot.import",
];

/** Why a dead job of a kind is not run again; undefined when it is. */
export function notRetried(kind: string): string | undefined {
  if (!TOLD_AS_FAILED.includes(kind)) return undefined;
  return `What a dead job of the kind ${kind} was for is told as failed: begin it anew.`;
}

/** Which jobs are asked for. */
export interface JobFilter {
  kind?: string | undefined;
  status?: (typeof JOB_STATUSES)[number] | undefined;
}

/** Selects jobs by their ids, which begin with when they were made: the newest first, those before one. */
export function selectJobs({ kind, status }: JobFilter, most: number, before?: string): Statement {
  const conditions: Sql[] = [sql`true`];
  if (kind !== undefined) conditions.push(sql`kind = ${kind}`);
  if (status !== undefined) conditions.push(sql`status = ${status}`);
  if (before !== undefined) conditions.push(sql`id < ${before}::uuid`);
  return statement(sql`select ${columnsOf(jobs)} from crm.jobs
    where ${sql.join(conditions, sql` and `)} order by id desc limit ${most}`);
}

/** Gives a dead job all its attempts again, now; answers whether it did (SQL: app.retry_job). */
export function retryDead(id: string): Statement {
  return statement(sql`select app.retry_job(${id}) as retried`);
}
