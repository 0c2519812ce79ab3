import process from "node:process";
import { DatabaseUnavailable } from "../../db/errors.ts";
import type { Outcome } from "../../http/call.ts";
import { logJob, logTrouble } from "../../http/log.ts";
import type { Operation } from "../../http/operation.ts";
import type { Services } from "../../http/services.ts";
import { runDue, type Worked, type Works } from "../../jobs/run-due.ts";
import { runSchedules } from "../../jobs/schedules.ts";
import { refusalOf } from "../../refusals/known.ts";
import { worker } from "./dialect.ts";

/** Whether the last call found the database away: it is called again and again meanwhile. */
let isAway = false;

/**
 * POST: a bounded piece of the work that is due, of all workspaces. Answers how many jobs succeeded and
 * failed, and whether more may be due already.
 */
export function runJobs(works: Works): Operation<never> {
  return {
    kind: "write",
    async run({ services, requestId }): Promise<Outcome> {
      try {
        const worked = await work(services, works);
        isAway = false;
        const isIdle = worked.done + worked.failed === 0;
        return { status: 200, body: JSON.stringify(worked), ...isIdle && { unlogged: true } };
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable && isAway)) {
          isAway = error instanceof DatabaseUnavailable;
          throw error;
        }
        const { status, body } = worker.refuse(refusalOf(error), requestId);
        return { status, body, unlogged: true, headers: { "Retry-After": "5" } };
      }
    },
  };
}

async function work({ database, publicUrl, secrets }: Services, works: Works): Promise<Worked> {
  const failed = (name: string, reason: string) => logTrouble(`schedule ${name}`, reason);
  const schedules = runSchedules(database, failed).then(() => null, (error: Error) => error);
  const worked = await runDue({
    database,
    works,
    services: { secrets, publicUrl, env: process.env },
    ran: ({ id, kind, workspaceId, attempt }, { outcome, error }, ms) =>
      logJob(
        {
          job_id: id,
          kind,
          workspace_id: workspaceId,
          attempt,
          outcome,
          ms: Math.round(ms * 10) / 10,
        },
        error,
      ),
  });
  const trouble = await schedules;
  // Told as the call's own, so that an outage is told once whichever of the two it cut off.
  if (trouble instanceof DatabaseUnavailable) throw trouble;
  if (trouble !== null) logTrouble("schedules", trouble.name);
  return worked;
}
