import { DatabaseUnavailable, isPostgresError, isRetryable, LEASE_LOST } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { recordOf } from "../formats/stored-json.ts";
import { describeFailure } from "../jobs/failure.ts";
import type { Job } from "../jobs/job.ts";
import type { Work, WorkContext } from "../jobs/work.ts";
import { Refusal } from "../refusals/refusal.ts";
import { Impossible, type Outcome, type Step } from "./action.ts";
import { actionOf } from "./actions.ts";
import { RETRY_AFTER } from "./retries.ts";
import { type RunRow, selectRun } from "./run-row.ts";

/** After a crash, or while the database is away. */
const AGAIN_AFTER = [5, 30, 60, 300, 300, 1_800, 1_800, 7_200, 7_200];

/**
 * The work of jobs that take one step of a run, `{run_id, place}`: the step, what it is known by and the
 * job of the next one are written together, so that each is taken once. `selectLead` reads a lead by its
 * id as it is answered, in `record`.
 */
export function stepWork(selectLead: (id: string) => Statement): Work {
  return {
    retryAfter: AGAIN_AFTER,
    async run(job, context) {
      const run = await read(job, context);
      if (run === null) return;
      try {
        if (job.attempt > AGAIN_AFTER.length) {
          throw new Impossible("The step did not come to an end.");
        }
        await take(run, context, selectLead);
      } catch (error) {
        if (isOfTheJob(error)) throw error;
        await context.workspace.write([failure(run, error), context.done]);
      }
    },
  };
}

// Null when the step was taken, or the run has gone with its automation.
async function read({ payload }: Job, { workspace }: WorkContext): Promise<RunRow | null> {
  const [rows = []] = await workspace.read([selectRun(String(payload.run_id))]);
  const run = rows[0] as RunRow | undefined;
  const isAtHand = run?.place === payload.place &&
    ["queued", "running", "waiting"].includes(run?.status ?? "");
  return run !== undefined && isAtHand ? run : null;
}

async function take(
  run: RunRow,
  context: WorkContext,
  selectLead: (id: string) => Statement,
): Promise<void> {
  const actor = { kind: "automation" as const, id: run.automation_id, run: run.id };
  const acting = context.as(actor, run.event_sequence ?? undefined);
  await acting.transact(async (transaction) => {
    const [[held] = [], leads = []] = await transaction.run([
      statement(sql`
        select place, status from crm.automation_runs where id = ${run.id} for no key update`),
      ...run.lead_id === null ? [] : [selectLead(run.lead_id)],
    ]);
    if (held?.place !== run.place || held.status !== run.status) return;
    const step = stepOf(run, context, transaction, leads);
    const outcome = await actionOf(run.action).take(run.action, step);
    await transaction.run([...recorded(run, outcome), context.done]);
  });
}

function stepOf(
  run: RunRow,
  context: WorkContext,
  transaction: Transaction,
  [lead]: Rows,
): Step {
  return {
    runId: run.id,
    place: run.place,
    automation: {
      id: run.automation_id,
      number: run.automation_number,
      name: run.automation_name,
    },
    leadId: lead === undefined ? null : run.lead_id,
    lead: typeof lead?.record === "string" ? recordOf(lead.record) : null,
    event: run.event,
    resume: run.is_due === null ? null : { isDue: run.is_due },
    messageId: run.message_id,
    context,
    run: (statements) => transaction.run(statements),
  };
}

// Another run has the job, or the next one will do: nothing is wrong with the step.
function isOfTheJob(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || isRetryable(error) ||
    isPostgresError(error) && error.code === LEASE_LOST;
}

function recorded({ id, place }: RunRow, outcome: Outcome): Statement[] {
  const begun = sql`started_at = coalesce(started_at, now())`;
  if (outcome === "done") {
    return [
      statement(sql`update crm.automation_runs set ${begun} where id = ${id}`),
      statement(sql`select app.finish_step(${id}, ${place})`),
    ];
  }
  if ("message" in outcome) {
    return [statement(sql`update crm.automation_runs
      set ${begun}, status = 'waiting', message_id = ${outcome.message} where id = ${id}`)];
  }
  const payload = JSON.stringify({ run_id: id, place });
  return [statement(sql`
    with waiting as (
      update crm.automation_runs
        set ${begun}, status = 'waiting', resume_at = coalesce(resume_at, ${outcome.until})
        where id = ${id} returning resume_at)
    select app.enqueue_job('automations.step', ${payload}::jsonb, resume_at) from waiting`)];
}

function failure({ id, place, attempts }: RunRow, error: unknown): Statement {
  const isFinal = error instanceof Impossible;
  const retryIn = isFinal ? null : RETRY_AFTER[attempts] ?? null;
  if (!isFinal) {
    console.error(JSON.stringify({ run_id: id, place, error: describeFailure(error) }));
  }
  const isTold = isFinal || error instanceof Refusal;
  const reason = isTold ? error.message : "Something went wrong on our side.";
  return statement(sql`select app.fail_step(${id}, ${place}, ${reason}, ${retryIn})`);
}
