import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";

/** The kinds of records whose history is told. */
export const HISTORY_MODELS = ["lead", "contact", "company", "deal", "meeting"] as const;

export type HistoryModel = (typeof HISTORY_MODELS)[number];

/** Something that happened to a record, or was added to it. */
export interface Happening {
  sequence: number;
  /** The table of what changed: the record itself, or what was added to it. */
  resource: string;
  action: "created" | "updated" | "deleted";
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
  actor: { kind: string; id: string } | null;
  at: string;
  model: HistoryModel;
  /** The id of the record. */
  model_id: string;
}

/** What of the history is asked for. */
export interface HistoryQuery {
  model?: HistoryModel | undefined;
  /** The number of the record. */
  number?: number | undefined;
  /** Times between which it happened, neither of them included. */
  after?: string | undefined;
  before?: string | undefined;
  page: number;
  size: number;
}

/** The table of a model's records. */
const TABLES: Readonly<Record<HistoryModel, string | null>> = {
  lead: "leads",
  contact: "contacts",
  company: "companies",
  deal: "deals",
  meeting: null,
};

/** The tables of what is added to leads alone. */
const OF_LEADS = new Set(["intent_signals", "documents"]);

/** What a note or a task was added to: of several, the first. */
const OWNERS = [["lead", "lead_id"], ["deal", "deal_id"], ["contact", "contact_id"], [
  "company",
  "company_id",
]] as const;

/** Reads a page of the history, the newest first, and how much there is: `happenings`, a JSON array, and `total`. */
export function selectHistory(
  { model, number, after, before, page, size }: HistoryQuery,
): Statement {
  const keys = model !== undefined && number !== undefined
    ? ofRecord(model, number)
    : sql`select e.xid, e.sequence, e.at from crm.events e where ${isTold(model)}`;
  return statement(sql`
    with keys as (${keys}), told as not materialized (
      select k.xid, k.sequence from keys k
      where k.at > coalesce(${after ?? null}::timestamptz, '-infinity')
        and k.at < coalesce(${before ?? null}::timestamptz, 'infinity')
    )
    select (select count(*) from told) as total, coalesce(json_agg(shown)::text, '[]') as happenings from (
      select e.sequence, e.resource, e.action, e.before, e.after, e.actor, ${modelOf()} as model,
        ${modelIdOf()} as model_id,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from (select xid, sequence from told order by xid desc, sequence desc
          limit ${size} offset ${(page - 1) * size}) paged
        join crm.events e on e.xid = paged.xid and e.sequence = paged.sequence
      order by e.xid desc, e.sequence desc) shown`);
}

// What is added to a record is found by when that was made, which is when its event was written.
function ofRecord(model: HistoryModel, number: number): Sql {
  const table = TABLES[model];
  if (table === null) return sql`select xid, sequence, at from crm.events where false`;
  const id = sql`(select r.id from ${sql.table(`crm.${table}`)} r where r.number = ${number})`;
  const own = model === "lead" ? ["leads", "lead_tags"] : [table];
  const changes = model === "lead" ? sql`` : sql`and e.action <> 'created'`;
  const [, column] = OWNERS.find(([of]) => of === model) ?? OWNERS[0];
  const added = [
    ["activities", sql`a.type in ('note', 'email') and`],
    ["tasks", sql``],
    ...model === "lead" ? [["intent_signals", sql``], ["documents", sql``]] as const : [],
  ] as const;
  return sql.join([
    sql`select e.xid, e.sequence, e.at from crm.events e
      where e.record_id = ${id} and e.resource = any(${own}) ${changes}`,
    ...model === "lead"
      ? []
      : [sql`select e.xid, e.sequence, e.at from ${sql.table(`crm.${table}`)} r
      join crm.events e on e.at = r.created_at and e.record_id = r.id and e.action = 'created'
      where r.number = ${number}`],
    ...added.map(([name, condition]) =>
      sql`select e.xid, e.sequence, e.at from ${sql.table(`crm.${name}`)} a
      join crm.events e on e.at = a.created_at and e.record_id = a.id and e.action = 'created'
      where ${condition} a.${sql.ref(column)} = ${id}
        and ${OF_LEADS.has(name) ? sql`true` : sql`${modelOf()} = ${model}`}`
    ),
  ], sql` union all `);
}

function isTold(model: HistoryModel | undefined): Sql {
  const of = model === undefined ? sql`${modelOf()} is not null` : sql`${modelOf()} = ${model}`;
  return sql`${of} and (e.resource in ('leads', 'lead_tags', 'contacts', 'companies', 'deals')
    or e.action = 'created' and (e.resource in ('tasks', 'intent_signals', 'documents')
      or e.resource = 'activities' and e.after ->> 'type' in ('note', 'email')))`;
}

function modelOf(): Sql {
  const owners = OWNERS.map(([model, column]) =>
    sql`when coalesce(e.after, e.before) ->> ${sql.literal(column)} is not null then ${
      sql.literal(model)
    }`
  );
  return sql`case when e.resource in ('leads', 'lead_tags', 'intent_signals', 'documents') then 'lead'
    when e.resource = 'contacts' then 'contact' when e.resource = 'companies' then 'company'
    when e.resource = 'deals' then 'deal'
    when e.resource in ('tasks', 'activities') then case ${sql.join(owners, sql` `)} end end`;
}

function modelIdOf(): Sql {
  const owners = OWNERS.map(([, column]) =>
    sql`coalesce(e.after, e.before) ->> ${sql.literal(column)}`
  );
  return sql`case when e.resource in ('tasks', 'activities') then coalesce(${
    sql.join(owners)
  })::uuid
    when e.resource in ('intent_signals', 'documents') then (e.after ->> 'lead_id')::uuid else e.record_id end`;
}
