import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { ToldEvent } from "./action.ts";

/** A run with the step at hand, as the database answers it. */
export interface RunRow {
  id: string;
  status: string;
  place: number;
  lead_id: string | null;
  event_sequence: number | null;
  event: ToldEvent;
  action: { type: string };
  /** How often the step was tried. */
  attempts: number;
  message_id: string | null;
  /** Whether the time that it waits for has come; null when it waits for none. */
  is_due: boolean | null;
  automation_id: string;
  automation_number: number;
  automation_name: string;
}

/** Reads a run by its id; no row when it is gone. */
export function selectRun(id: string): Statement {
  return statement(sql`
    select r.id, r.status, r.place, r.lead_id, r.event_sequence, r.event,
      r.steps -> r.place::integer -> 'action' as action,
      (r.steps -> r.place::integer ->> 'attempts')::integer as attempts, r.message_id,
      r.resume_at <= now() as is_due, r.automation_id,
      a.number as automation_number, a.name as automation_name
    from crm.automation_runs r join crm.automations a on a.id = r.automation_id
    where r.id = ${id}`);
}
