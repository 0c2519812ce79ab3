import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";

/** What can stand in the timeline of a deal. */
export const TIMELINE_TYPES = ["stage_change", "activity", "note", "task", "email"] as const;

const TIME = sql.literal('YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

/** One kind of item: where its rows are, when each happened, and what is told of it. */
interface Source {
  table: string;
  /** The column with the deal, by which its rows are counted; `deal_id` unless given. */
  deal?: string;
  at: string;
  type: Sql;
  title: Sql;
  body: Sql;
  actor: Sql;
  data: Sql;
}

const DEAL = "deal_id";
const NOTHING = sql`null::text`;

const SOURCES: readonly Source[] = [
  {
    table: "stage_changes",
    at: "at",
    type: sql`'stage_change'`,
    title: NOTHING,
    body: NOTHING,
    actor: sql`one.user_id`,
    data: sql`one.from_stage_id as "fromStageId", one.from_stage as "fromStage",
      one.to_stage_id as "toStageId", one.to_stage as "toStage"`,
  },
  {
    table: "activities",
    // Those of messages aside, which stand here themselves.
    deal: "timeline_deal_id",
    at: "timestamp",
    type: sql`case one.type when 'note' then 'note' else 'activity' end`,
    title: sql`one.title`,
    body: sql`one.description`,
    actor: sql`one.user_id`,
    data: sql`one.type as "activityType"`,
  },
  {
    table: "tasks",
    at: "created_at",
    type: sql`'task'`,
    title: sql`one.title`,
    body: sql`one.description`,
    actor: sql`one.user_id`,
    data: sql`one.status, one.priority, one.due_date as "dueDate"`,
  },
  {
    table: "messages",
    at: "created_at",
    type: sql`'email'`,
    title: sql`one.subject`,
    body: NOTHING,
    actor: sql`one.user_id`,
    data: sql`one.channel, one.to_emails as "to", one.state, one.error,
      to_char(one.sent_at, ${TIME}) as "sentAt"`,
  },
];

/**
 * Selects a page of what happened to a deal, newest first, then by id descending: one row with `items`, JSON
 * texts, and `total`; none when there is no such deal. Each kind is read by its index, no further than the
 * page; the totals are kept, or for an actor who does not see every record counted.
 */
export function selectTimeline(dealId: string, size: number, skipped: number): Statement {
  const most = size + skipped;
  const parts = SOURCES.map(({ table, deal = DEAL, at }, index) =>
    sql`(select ${sql.ref(at)} as at, id, ${sql.raw(String(index))} as source
      from ${sql.table(`crm.${table}`)} where ${sql.ref(deal)} = ${dealId}
      order by ${sql.ref(at)} desc, id desc limit ${most})`
  );
  const totals = SOURCES.map(({ table, deal = DEAL }) =>
    sql`case when (select app.sees_all())
      then (select coalesce(sum(records), 0) from crm.record_counts
        where resource = ${table} and field = ${deal} and value = ${dealId}::text)
      else (select count(*) from ${sql.table(`crm.${table}`)} where ${
      sql.ref(deal)
    } = ${dealId}) end`
  );
  return {
    ...statement(sql`
      select ${sql.join(totals, sql` + `)} as total, array(
        select case page.source ${
      sql.join(
        SOURCES.map((source, index) => sql`when ${sql.raw(String(index))} then ${itemOf(source)}`),
        sql` `,
      )
    } end
        from (
          select * from (${sql.join(parts, sql` union all `)}) every
          order by at desc, id desc limit ${size} offset ${skipped}) page
        order by page.at desc, page.id desc) as items
      from crm.deals where id = ${dealId}`),
    byIndex: true,
  };
}

function itemOf({ table, at, type, title, body, actor, data }: Source): Sql {
  return sql`(select row_to_json(item)::text from (
    select one.id, ${type} as type, to_char(one.${sql.ref(at)}, ${TIME}) as at, ${title} as title,
      ${body} as body, ${actor} as "actorId",
      (select row_to_json(told) from (select ${data}) told) as data
    from ${sql.table(`crm.${table}`)} one where one.id = page.id) item)`;
}
