import { isPostgresError, STAGE_ELSEWHERE, TOO_MANY_TAGS, USER_INACTIVE } from "../db/errors.ts";
import { type Sql, sql, statement } from "../db/sql.ts";
import { Impossible, type Outcome, type Step } from "./action.ts";

const REASONS: Readonly<Record<string, string>> = {
  [STAGE_ELSEWHERE]: "The stage is of another pipeline.",
  [USER_INACTIVE]: "The user is inactive.",
  [TOO_MANY_TAGS]: "The lead has as many tags as it can have.",
};

/** The id of a step's lead. Throws Impossible when the lead is gone. */
export function leadOf({ leadId }: Pick<Step, "leadId">): string {
  if (leadId === null) throw new Impossible("The lead is gone.");
  return leadId;
}

/** Sets columns of a step's lead, by SQL of their values in JSON; null for a record that is gone. */
export async function setOnLead(
  step: Step,
  column: "assigned_to" | "stage_id" | "status",
  value: Sql,
  gone: string,
): Promise<Outcome> {
  const lead = leadOf(step);
  const [found] = await step.run([statement(sql`select ${value} as value`)]);
  const given: unknown = found?.[0]?.value;
  if (typeof given !== "string") throw new Impossible(gone);
  const fields = JSON.stringify({ [column]: given });
  await changeLead(step, sql`select id from app.change_lead(${lead}, ${fields}::jsonb)`);
  return "done";
}

/** Runs a query that answers the lead's id if there is one. Throws Impossible when the lead is gone. */
export async function changeLead(step: Step, query: Sql): Promise<void> {
  try {
    const [rows = []] = await step.run([statement(query)]);
    if (rows.length === 0) throw new Impossible("The lead is gone.");
  } catch (error) {
    const reason = isPostgresError(error) ? REASONS[error.code] : undefined;
    throw reason === undefined ? error : new Impossible(reason, { cause: error });
  }
}
