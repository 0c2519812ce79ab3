import type { Json } from "./api-client.ts";
import type { LioUser } from "./lio.ts";
import type { FiguresWorld } from "./lio-figures.ts";
import { asOwner } from "./workspace.ts";

/** SQL of what a user sees of leads, and of deals. */
export function seenBy(user: LioUser | null) {
  const own = (alias: string) =>
    user ? `(${alias}.assigned_to is null or ${alias}.assigned_to = '${user.id}')` : "true";
  return {
    leads: own("l"),
    deals: user
      ? `(d.assigned_to = '${user.id}' or case when d.lead_id is null then d.assigned_to is null else exists (
        select from crm.leads l where l.id = d.lead_id and ${own("l")}) end)`
      : "true",
  };
}

/** SQL of the rows of a query, as JSON. */
export const jsonOf = (text: string) => `(select coalesce(json_agg(row), '[]') from (${text}) row)`;

/** What an overview tells by plain SQL, of what a user sees, but for what is weighted and what is hot. */
export async function plainOverview(
  { workspace, admin }: Pick<FiguresWorld, "workspace" | "admin">,
  user: LioUser | null,
  from: string,
  to: string,
): Promise<Json> {
  const seen = seenBy(user);
  const within = (time: string) =>
    `(${time} at time zone 'UTC')::date between '${from}' and '${to}'`;
  const leads = `from crm.leads l where l.workspace_id = $1 and ${seen.leads}`;
  const deals = `from crm.deals d where d.workspace_id = $1 and ${seen.deals}`;
  const usd = "and d.currency = 'USD'";
  const words = (type: string, name: string, column: string) =>
    jsonOf(`select k.number as ${name}, k.name as ${name}_text, its.count from (
      select l.${column} as word, count(*) ${leads} group by 1) its left join crm.lookups k
        on k.workspace_id = $1 and k.module_name = 'lead' and k.type = '${type}' and k.value = its.word
      order by its.count desc, k.number`);
  const made = (table: string) =>
    `json_build_object('total', (select count(*) from crm.${table} c where c.workspace_id = $1),
      'new', (select count(*) from crm.${table} c where c.workspace_id = $1 and ${
      within("c.created_at")
    }))`;
  const won = `${deals} and d.status = 'won' and ${within("d.closed_at")}`;
  const lost = `${deals} and d.status = 'lost' and ${within("d.closed_at")}`;
  const tasks = `from crm.follow_ups f where f.workspace_id = $1 and f.lead_id is not null
    and (f.lead_id is null or exists (select from crm.leads l where l.id = f.lead_id and ${seen.leads}))`;
  const [row] = await asOwner<{ row: Json }>(
    `select json_build_object(
      'leads', json_build_object('total', (select count(*) ${leads}),
        'new', (select count(*) ${leads} and ${within("l.created_at")}),
        'by_status', ${words("status", "status", "status")},
        'by_source', ${words("source", "lead_source", "source")}),
      'deals', json_build_object('open_count', (select count(*) ${deals} and d.status = 'open'),
        'open_value', (select coalesce(sum(d.value), 0) ${deals} and d.status = 'open' ${usd}),
        'won_count', (select count(*) ${won}), 'won_value', (select coalesce(sum(d.value), 0) ${won} ${usd}),
        'lost_count', (select count(*) ${lost}),
        'win_rate', (select round((select count(*) ${won})::numeric
          / nullif((select count(*) ${won}) + (select count(*) ${lost}), 0), 4))),
      'contacts', ${made("contacts")}, 'companies', ${made("companies")},
      'meetings', (
        select json_build_object('scheduled', count(*) filter (where m.status < 3),
          'held', count(*) filter (where m.status = 3))
        from crm.meetings m where m.workspace_id = $1 and ${within("m.start_time")}
          and (${user === null} or m.user_id = '${user?.id ?? admin.id}' or exists (
            select from crm.leads l where l.id = m.lead_id and ${seen.leads}))),
      'follow_ups', json_build_object(
        'due_today', (select count(*) ${tasks} and f.state < 3 and f.due_date = app.utc_today()),
        'overdue', (select count(*) ${tasks} and f.follow_up_status = 6))) as row`,
    [workspace.id],
  );
  return row?.row;
}
