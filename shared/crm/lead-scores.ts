import { sql, statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { type Score, SCORE_VERSION, type ScoredLead, scoreOf, type Signal } from "./score.ts";

interface Row extends ScoredLead {
  id: string;
}

type SignalRow = Signal & { lead_id: string };

/**
 * What stores the scores of leads where they differ from those that are stored, to be run in the same
 * transaction. It locks the leads first, so that what changes meanwhile is scored after this.
 */
export async function scoring(
  transaction: Transaction,
  leadIds: readonly string[],
): Promise<Statement[]> {
  const [leads] = await transaction.run([statement(sql`
    select id, email, phone, linkedin_url, job_title, company_id is not null as has_company
    from crm.leads where id = any(${leadIds}::uuid[]) order by id for no key update`)]);
  const [signals] = await transaction.run([statement(sql`
    select lead_id, signal_type as type, points::float8 as points,
      extract(epoch from now() - occurred_at)::float8 * 1000 as age
    from crm.intent_signals where lead_id = any(${leadIds}::uuid[])`)]);
  const byLead = new Map(
    rowsOf<Row>(leads).map((lead) => [lead.id, { lead, its: [] as Signal[] }]),
  );
  for (const signal of rowsOf<SignalRow>(signals)) byLead.get(signal.lead_id)?.its.push(signal);
  const scores = Array.from(byLead, ([id, { lead, its }]) => ({ id, ...scoreOf(lead, its) }));
  return scores.length === 0 ? [] : [update(scores)];
}

function update(scores: readonly (Score & { id: string })[]): Statement {
  return statement(sql`
    update crm.leads l set fit_intent_score = given.score, ai_information = l.ai_information
        || jsonb_build_object('score_version', ${SCORE_VERSION}::integer, 'score_reasons', given.reasons,
          'scored_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from jsonb_to_recordset(${JSON.stringify(scores)}::jsonb)
        given (id uuid, score integer, reasons jsonb)
      where l.id = given.id and (l.fit_intent_score, l.ai_information -> 'score_reasons')
        is distinct from (given.score, given.reasons)`);
}

/** Answers the next leads with signals after the one given, at most so many. */
export function leadsWithSignals(after: string, most: number): Statement {
  return statement(sql`select distinct lead_id from crm.intent_signals
    where lead_id > ${after}::uuid order by lead_id limit ${most}`);
}

/** Takes over other jobs that wait to score one lead each; answers their payloads. */
export function otherScoring(most: number): Statement {
  return statement(sql`delete from crm.jobs where id in (
      select j.id from crm.jobs j
      where j.kind = 'leads.score' and j.status = 'waiting'
        and jsonb_array_length(j.payload -> 'lead_ids') = 1
      order by j.run_at limit ${most} for update skip locked)
    returning payload`);
}
