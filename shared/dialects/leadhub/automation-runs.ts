import type { Parent } from "../../operations/parent.ts";
import * as z from "zod";
import { automations } from "../../automations/automations.ts";
import { RUN_STATUSES, runs as resource } from "../../automations/runs.ts";
import { column, linked, lookup, number } from "../../crm/views/codecs.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { timestamp } from "../../crm/values/record-schema.ts";
import { sql } from "../../db/sql.ts";
import { noParameters, parseQuery } from "../../http/query.ts";
import { equal, oneOf } from "../../operations/filters.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { list } from "./lists.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";
import { written } from "./written.ts";

const step = z.object({
  type: z.string(),
  status: z.enum(["pending", "succeeded", "failed"]),
  error: z.string().nullable(),
  attempts: z.int(),
  finished_at: timestamp.nullable(),
}).meta({ id: "AutomationStep" });

const run = view(resource, {
  id: number(),
  automation_id: linked(automations),
  lead_id: column("lead_number"),
  event_type: column(),
  status: column(),
  reason: column(),
  steps: lookup(
    () => z.array(step),
    (of) =>
      sql`select coalesce(json_agg(json_build_object('type', step -> 'action' -> 'type', 'status',
          step -> 'status', 'error', step -> 'error', 'attempts', step -> 'attempts',
          'finished_at', step -> 'finished_at') order by place), '[]')
        from jsonb_array_elements(${of("steps")}) with ordinality as its (step, place)`,
  ),
  started_at: column(),
  finished_at: column(),
});

const parent: Parent = {
  resource: automations,
  parameter: "id",
  column: "automation_id",
};

/** GET: the runs of an automation, or those of a status, the newest first. */
export const listRuns: LeadHubOperation = list(run, {
  id: "listAutomationRuns",
  summary: "List the runs of an automation",
  filters: { status: equal("status", oneOf(RUN_STATUSES)) },
  sorts: "id",
  direction: "desc",
  parent,
});

/** POST: takes a failed run up again at the step that failed; 202. */
export const retryRun: LeadHubOperation = {
  kind: "write",
  get contract() {
    return {
      id: "retryAutomationRun",
      summary: "Take a failed run up again",
      answers: { 202: oneRecord(run.schema) },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  run(call) {
    const automation = pathNumber(call, "id", "automation");
    const asked = pathNumber(call, "run_id", "run");
    parseQuery(noParameters(), call.query);
    const taken = sql`select id from app.retry_run(${automation}, ${asked})`;
    return written(
      call,
      run,
      writeThenSelect(run, taken),
      (rows) => answer(202, shownRecord(run, asked, rows)),
    );
  },
};
