import * as z from "zod";
import { lookup } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { type View, view } from "../../crm/views/view.ts";
import type { WritableResource } from "../../crm/resource.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";
import { OF_SIGNALS } from "./feed-fields.ts";
import { accountContact, CALLED, targetAccount } from "./target-account-view.ts";

const MOST_ACTIVITY = 20;

const time = (value: Sql) => sql`to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const contacts: Codec = lookup(
  () => z.array(accountContact.schema),
  (of) =>
    sql`select coalesce(json_agg(json_build_object('contact_id', its.number, 'name', ${CALLED},
        'email', its.email, 'designation', its.title, 'stakeholder_role', m.stakeholder_role,
        'added_at', ${time(sql`m.created_at`)}) order by m.created_at, its.number), '[]')
      from crm.target_account_contacts m join crm.contacts its on its.id = m.contact_id
      where m.target_account_id = ${of("id")}`,
);

const deals: Codec = lookup(
  () =>
    z.object({
      open: z.int().min(0),
      won: z.int().min(0),
      open_value: z.number(),
      won_value: z.number(),
    }),
  (of) =>
    sql`select json_build_object('open', ${of("open_deals")}, 'won', ${of("won_deals")},
      'open_value', ${of("open_deal_value")}, 'won_value', ${of("won_deal_value")})`,
);

const named = (what: string, name: Sql) =>
  sql`${sql.literal(what)} || coalesce(': ' || nullif(${name}, ''), '')`;

const ofSignal = sql.join(
  Object.entries(OF_SIGNALS).map(([type, event]) =>
    sql`when ${sql.literal(type)} then ${sql.literal(event)}`
  ),
  sql` `,
);

/** What happened at a company, told as the feed tells it: each query answers `event`, `title` and `at`. */
const HAPPENINGS: readonly ((company: Sql) => Sql)[] = [
  (company) =>
    sql`select case s.signal_type ${ofSignal} else 'signal' end as event,
        'Signal: ' || s.signal_type as title, s.occurred_at as at
      from crm.leads l join crm.intent_signals s on s.lead_id = l.id where l.company_id = ${company}`,
  (company) =>
    sql`select 'note_added', ${named("Note added", sql`n.title`)}, n.created_at
      from crm.activities n where n.company_id = ${company} and n.type = 'note'`,
  (company) =>
    sql`select 'follow_up_added', ${named("Follow-up added", sql`t.title`)}, t.created_at
      from crm.tasks t where t.company_id = ${company}`,
  (company) =>
    sql`select 'created', ${named("Deal created", sql`d.title`)}, d.created_at
      from crm.deals d where d.company_id = ${company}`,
  (company) =>
    sql`select 'stage_changed', ${named("Deal won", sql`d.title`)}, d.closed_at
      from crm.deals d where d.company_id = ${company} and d.outcome = 'won' and d.closed_at is not null`,
  (company) =>
    sql`select 'meeting_scheduled', ${named("Meeting scheduled", sql`m.title`)}, m.created_at
      from crm.company_meetings m where m.company_id = ${company}`,
];

const recentActivity: Codec = lookup(
  () => z.array(z.object({ event: z.string(), title: z.string(), at: z.string() })),
  (of) =>
    sql`select coalesce(json_agg(json_build_object('event', newest.event, 'title', newest.title,
        'at', ${time(sql`newest.at`)}) order by newest.at desc, newest.title), '[]')
      from (select * from (${
      sql.join(
        HAPPENINGS.map((query) =>
          sql`(${query(of("company_id"))} order by 3 desc limit ${sql.raw(String(MOST_ACTIVITY))})`
        ),
        sql` union all `,
      )
    }) happened order by at desc, title limit ${sql.raw(String(MOST_ACTIVITY))}) newest`,
);

const { resource } = targetAccount;
const { fields } = view(resource, { contacts, deals, recent_activity: recentActivity });
const all = { ...targetAccount.fields, ...fields };

const schema = lazy(() =>
  z.object(Object.fromEntries(Object.entries(all).map(([name, field]) => [name, field.schema()])))
    .meta({ id: "AccountDetail" })
);

/** A target account with who matters at it, and what happened of late. */
export const targetAccountDetail: View<WritableResource> = {
  resource,
  fields: all,
  sorts: {},
  get schema() {
    return schema();
  },
};
