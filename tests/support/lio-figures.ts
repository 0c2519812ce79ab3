import type { Json } from "./api-client.ts";
import { lioUser } from "./lio.ts";
import { asOwner, inOwnerTransaction, testWorkspace } from "./workspace.ts";

/** A workspace with leads, deals and signals of many kinds, made in the last weeks. */
export async function figuresWorld(leads = 60) {
  const workspace = await testWorkspace();
  const admin = await lioUser(workspace);
  const [rep, other] = [await lioUser(workspace, "rep"), await lioUser(workspace, "manager")];
  const users = [rep.id, other.id];
  await insertFigures(workspace.id, users, leads);
  return {
    workspace,
    admin,
    rep,
    other,
    /** Rows of plain SQL on the workspace ($1), as arrays of values; numbers as JSON has them. */
    async plain(text: string): Promise<Json[]> {
      const rows = await asOwner<{ row: Json }>(
        `select row_to_json(its) as row from (${text}) its`,
        [workspace.id],
      );
      return rows.map(({ row }) => {
        const values = Object.values(row);
        return values.length === 1 ? values[0] : values;
      });
    },
  };
}

/**
 * Companies, and leads with deals and signals of them. The leads are not scored, so that their scores stay as they
 * are given. None gets a day older within half an hour, nor does a follow-up become overdue.
 */
function insertFigures(workspaceId: string, users: string[], leads: number): Promise<void> {
  return inOwnerTransaction(async (run) => {
    await run(
      `insert into crm.companies (workspace_id, name, industry, country, size, rating)
       select $1, name, industry, country, size, rating from (values
         ('Globex', 'Software', 'DE', '51-200', 4), ('Initech', 'Software', 'US', null, 5),
         ('Größe & Söhne', null, 'AT', '1-10', null)) c (name, industry, country, size, rating)`,
      [workspaceId],
    );
    await run(
      `insert into crm.leads (workspace_id, pipeline_id, first_name, status, source, priority, assigned_to,
          company_id, city, country, estimated_value, fit_intent_score, created_at)
       select $1, p.id, 'Jane ' || n, (array['new', 'contacted', 'qualified', 'converted', 'unqualified'])[1 + n % 5],
         (array['website', 'referral', null])[1 + n % 3], 1 + n % 4, ($2::uuid[])[1 + n % 3],
         (select c.id from crm.companies c where c.workspace_id = $1 order by c.number offset n % 4 limit 1),
         (array['Berlin', 'bonn', null])[1 + n % 3], (array['DE', 'US'])[1 + n % 2], n * 10.01, n % 101,
         now() + interval '30 minutes' - n * interval '17 hours'
       from generate_series(1, $3::int) n, crm.pipelines p where p.workspace_id = $1 and p.is_default`,
      [workspaceId, users, leads],
    );
    await run(
      `insert into crm.deals (workspace_id, title, value, currency, stage, assigned_to, lead_id, company_id,
          expected_close_date, created_at, stage_changed_at)
       select $1, 'Deal ' || n, n * 1000.37, case when n % 10 = 0 then 'EUR' else 'USD' end,
         (array['Lead', 'Qualified', 'Proposal', 'Won', 'Lost', 'Won'])[1 + n % 6], ($2::uuid[])[1 + n % 3],
         (select l.id from crm.leads l where l.workspace_id = $1 order by l.number offset n / 2 limit 1),
         (select c.id from crm.companies c where c.workspace_id = $1 order by c.number offset n % 4 limit 1),
         app.utc_today() + n - 20, now() - n * interval '1 day', now() - n * interval '1 day'
       from generate_series(1, $3::int * 4 / 5) n`,
      [workspaceId, users, leads],
    );
    await run(
      `update crm.deals set closed_at = greatest(created_at + interval '3 hours',
          date_trunc('day', now(), 'UTC') - number % 40 * interval '20 hours')
        where workspace_id = $1 and closed_at is not null`,
      [workspaceId],
    );
    await run(
      `insert into crm.intent_signals (workspace_id, lead_id, signal_type, points, occurred_at)
       select $1, l.id, kind.type, kind.points, now() - n * interval '1 day'
       from generate_series(1, $2::int / 2) n,
         lateral (select id from crm.leads where workspace_id = $1 order by number offset n % 7 limit 1) l,
         lateral (select * from (values ('demo_requested', 30), ('email_opened', 3), ('form_submitted', 20))
           kinds (type, points) offset n % 3 limit 1) kind`,
      [workspaceId, leads],
    );
    await run("delete from crm.jobs where workspace_id = $1 and kind = 'leads.score'", [
      workspaceId,
    ]);
  });
}

export type FiguresWorld = Awaited<ReturnType<typeof figuresWorld>>;

/** Adds contacts, meetings, follow-ups and leads of long ago. */
export async function addFigures({ workspace: { id }, rep, other }: FiguresWorld): Promise<void> {
  await asOwner(
    `insert into crm.contacts (workspace_id, first_name, created_at)
     select $1, 'Hank', now() - n * interval '3 days' from generate_series(1, 20) n`,
    [id],
  );
  const lead = (nth: string) =>
    `(select id from crm.leads where workspace_id = $1 order by number offset ${nth} limit 1)`;
  await asOwner(
    `insert into crm.meetings (workspace_id, title, user_id, lead_id, status, start_time, end_time)
     select $1, 'Demo', ($2::uuid[])[1 + n % 2], case when n % 3 > 0 then ${
      lead("n % 9")
    } end, 1 + n % 5,
       now() - n * interval '11 hours', now() - n * interval '11 hours' + interval '1 hour'
     from generate_series(1, 40) n`,
    [id, [rep.id, other.id]],
  );
  await asOwner(
    `insert into crm.tasks (workspace_id, title, status, lead_id, due_at, due_date)
     select $1, 'Call', (array['open', 'rescheduled', 'done', 'no_response', 'cancelled'])[1 + n % 5],
       case when n % 7 > 0 then ${lead("n % 11")} end, due, (due at time zone 'UTC')::date
     from generate_series(1, 60) n, lateral (
       select now() + interval '30 minutes' + (n % 13 - 6) * interval '8 hours' as due) its`,
    [id],
  );
  await asOwner(
    `update crm.leads set created_at = created_at - interval '70 days',
        last_activity_at = case when number % 4 = 0 then now() end
      where workspace_id = $1 and number % 3 = 0`,
    [id],
  );
}

/** In an order that does not depend on what else is equal. */
export function sorted(rows: readonly Json[]): Json[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
