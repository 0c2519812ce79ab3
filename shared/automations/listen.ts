import { stringify } from "lossless-json";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { type Conditions, hold } from "./conditions.ts";
import { isFor, type Trigger, type TriggerEvent } from "./triggers.ts";

interface Listening {
  id: string;
  trigger: Trigger;
  conditions: Conditions | null;
  actions: readonly { type: string }[];
  active_since: string;
}

/** Why an automation that an event is for does nothing. */
type Skipped = "conditions" | "loop";

/**
 * What begins a run of each active automation that the events are for, in the transaction that they are
 * run in: once, however often they are. `only` is the one automation that is asked.
 */
export async function startRuns(
  workspace: Workspace,
  events: readonly TriggerEvent[],
  only?: string,
): Promise<Statement[]> {
  const types = [...new Set(events.map(({ type }) => type))];
  if (types.length === 0) return [];
  const [rows] = await workspace.read([statement(sql`
    select id, trigger, conditions, actions, active_since from crm.automations
    where is_active and trigger_type = any(${types}) and id = coalesce(${only ?? null}::uuid, id)
    order by number`)]);
  const runs = rowsOf<Listening>(rows).flatMap((one) =>
    events.filter((event) => event.at >= one.active_since && isFor(one.trigger, event))
      .map((event) => runOf(one, event))
  );
  return runs.length === 0 ? [] : [insertion(runs)];
}

function runOf({ id, conditions, actions }: Listening, event: TriggerEvent) {
  const { type, at, sequence, quietSince, leadId, data, chain } = event;
  const reason: Skipped | null = chain.includes(id)
    ? "loop"
    : hold(conditions, data.lead)
    ? null
    : "conditions";
  return {
    automation_id: id,
    lead_id: leadId,
    lead_number: data.lead.id,
    event_sequence: sequence,
    quiet_since: quietSince ?? null,
    event_type: type,
    event: reason === null ? { type, at, data } : null,
    chain: [...chain, id],
    status: reason === null ? "queued" : "skipped",
    reason,
    steps: reason === null ? actions.map(pending) : [],
  };
}

function pending(action: { type: string }) {
  return { action, status: "pending", error: null, attempts: 0, finished_at: null };
}

// An automation or a lead that is gone by then begins nothing, or only lacks.
function insertion(runs: readonly ReturnType<typeof runOf>[]): Statement {
  return statement(sql`
    with given as (
      select * from jsonb_to_recordset(${stringify(runs)}::jsonb) as given (automation_id uuid,
        lead_id uuid, lead_number bigint, event_sequence bigint, quiet_since timestamptz, event_type text,
        event jsonb, chain uuid[], status text, reason text, steps jsonb)
    ), made as (
      insert into crm.automation_runs (automation_id, lead_id, lead_number, event_sequence, quiet_since,
          event_type, event, chain, status, reason, steps, started_at, finished_at)
        select a.id, l.id, given.lead_number, given.event_sequence, given.quiet_since, given.event_type,
          nullif(given.event, 'null'), given.chain, given.status, given.reason, given.steps,
          case given.status when 'skipped' then now() end, case given.status when 'skipped' then now() end
        from given join crm.automations a on a.id = given.automation_id and a.is_active
        left join crm.leads l on l.id = given.lead_id
      on conflict do nothing
      returning id, status
    )
    select app.enqueue_job('automations.step', jsonb_build_object('run_id', id, 'place', 0))
      from made where status = 'queued'`);
}
