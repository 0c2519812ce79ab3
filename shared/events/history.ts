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
const TABLES: Readonly<Record<HistoryModel, string>> = {
  lead: "leads",
  contact: "contacts",
  company: "companies",
  deal: "deals",
  meeting: "meetings",
};

/** The tables of what is added to leads alone. */
const OF_LEADS = new Set(["intent_signals", "documents"]);

/** What of calls is told: those that were made. */
const MADE = "outbound";

/** What something was added to: of several, the first. */
const OWNERS = [["lead", "lead_id"], ["deal", "deal_id"], ["contact", "contact_id"], [
  "company",
  "company_id",
]] as const;

/** Reads a page of the history, the newest first, and how much there is: `happenings`, a JSON array, and `total`. */
export function selectHistory(
  { model, number, after, before, page, size }: HistoryQuery,
): Statement {
  // Of one record all are counted, so that they are found once; of all records, a page of the newest ends it.
  const [keys, once] = model !== undefined && number !== undefined
    ? [ofRecord(model, number), sql``]
    : [sql`select e.xid, e.sequence, e.at from crm.events e where ${isTold(model)}`, sql`not`];
  return statement(sql`
    with keys as (${keys}), told as ${once} materialized (
      select k.xid, k.sequence from keys k
      where k.at > coalesce(${after ?? null}::timestamptz, '-infinity')
        and k.at < coalesce(${before ?? null}::timestamptz, 'infinity')
    )
    select (select count(*) from told) as total, coalesce(json_agg(shown)::text, '[]') as happenings from (
      select e.sequence, e.resource, e.action, e.before, e.after, e.actor, ${
    modelOf(model)
  } as model,
        ${modelIdOf(model)} as model_id,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from (select xid, sequence from told order by xid desc, sequence desc
          limit ${size} offset ${(page - 1) * size}) paged
        join crm.events e on e.xid = paged.xid and e.sequence = paged.sequence
      order by e.xid desc, e.sequence desc) shown`);
}

// What is added to a record is found by when that was made, which is when its event was written.
function ofRecord(model: HistoryModel, number: number): Sql {
  const table = TABLES[model];
  const id = sql`(select r.id from ${sql.table(`crm.${table}`)} r where r.number = ${number})`;
  const own = model === "lead" ? ["leads", "lead_tags"] : [table];
  const changes = model === "lead" ? sql`` : sql`and e.action <> 'created'`;
  return sql.join([
    sql`select e.xid, e.sequence, e.at from crm.events e
      where e.record_id = ${id} and e.resource = any(${own}) ${changes}`,
    ...model === "lead"
      ? []
      : [sql`select e.xid, e.sequence, e.at from ${sql.table(`crm.${table}`)} r
      join crm.events e on e.at = r.created_at and e.record_id = r.id and e.action = 'created'
      where r.number = ${number}`],
    ...addedTo(model, id),
  ], sql` union all `);
}

function addedTo(model: HistoryModel, id: Sql): Sql[] {
  const [, column] = OWNERS.find(([of]) => of === model) ?? [];
  if (column === undefined) return [];
  const added: (readonly [string, Sql])[] = [
    ["activities", sql`a.type in ('note', 'email') and`],
    ["tasks", sql``],
    ...model === "lead" ? [["intent_signals", sql``], ["documents", sql``]] as const : [],
    ...model === "deal"
      ? []
      : [["meetings", sql``], ["calls", sql`a.direction = ${MADE} and`]] as const,
  ];
  return added.map(([name, condition]) =>
    sql`select e.xid, e.sequence, e.at from ${sql.table(`crm.${name}`)} a
      join crm.events e on e.at = a.created_at and e.record_id = a.id and e.action = 'created'
      where ${condition} a.${sql.ref(column)} = ${id}
        and ${OF_LEADS.has(name) ? sql`true` : sql`${modelOf(model)} = ${model}`}`
  );
}

function isTold(model: HistoryModel | undefined): Sql {
  const of = sql`${modelOf(model)} ${model === undefined ? sql`is not null` : sql`= ${model}`}`;
  return sql`${of} and (e.resource in ('leads', 'lead_tags', 'contacts', 'companies', 'deals', 'meetings')
    or e.action = 'created' and (e.resource in ('tasks', 'intent_signals', 'documents')
      or e.resource = 'calls' and e.after ->> 'direction' = ${MADE}
      or e.resource = 'activities' and e.after ->> 'type' in ('note', 'email')))`;
}

/** Whose event it is, where those of one model are asked for, or of any. */
function modelOf(asked?: HistoryModel): Sql {
  const owners = OWNERS.map(([model, column]) =>
    sql`when coalesce(e.after, e.before) ->> ${sql.literal(column)} is not null then ${
      sql.literal(model)
    }`
  );
  return sql`case when e.resource in ('leads', 'lead_tags', 'intent_signals', 'documents') then 'lead'
    when e.resource = 'contacts' then 'contact' when e.resource = 'companies' then 'company'
    when e.resource = 'deals' then 'deal'
    when ${isAdded(asked)} then case ${sql.join(owners, sql` `)}
      when e.resource = 'meetings' then 'meeting' end
    when e.resource = 'meetings' then 'meeting' end`;
}

function modelIdOf(asked?: HistoryModel): Sql {
  const owners = OWNERS.map(([, column]) =>
    sql`coalesce(e.after, e.before) ->> ${sql.literal(column)}`
  );
  return sql`case when ${isAdded(asked)} then coalesce(${sql.join(owners)}, e.record_id::text)::uuid
    when e.resource in ('intent_signals', 'documents') then (e.after ->> 'lead_id')::uuid else e.record_id end`;
}

// That a meeting was made is told of whom it is with, and of itself to those who ask for meetings.
function isAdded(asked: HistoryModel | undefined): Sql {
  const meetings = sql`e.resource = 'meetings' and e.action = 'created'`;
  return sql`(e.resource in ('tasks', 'activities', 'calls') ${
    asked === "meeting" ? sql`` : sql`or ${meetings}`
  })`;
}
