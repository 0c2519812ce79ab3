// What most would write by hand for LIO: the same driver, SQL and row-level security, but no keys, sessions,
// roles, limits, validation or contract. Whoever calls names the workspace.
import { Hono } from "hono";
import { asWorkspace, type Query } from "./naive.ts";

const PAGE = 10;
const CHOSEN = "l.fit_intent_score >= $1 and l.city_key = lower($2) and l.priority = $3";
const LIST = `
  select l.number as id, l.first_name, l.last_name, l.email, l.phone, c.name as company, l.job_title, l.city,
    l.status, l.priority, l.source, l.fit_intent_score as score, l.estimated_value, u.name as assigned_to,
    l.custom_fields, l.created_at, l.updated_at, array(
      select t.name from crm.lead_tags lt join crm.tags t on t.id = lt.tag_id where lt.lead_id = l.id) as tags
  from crm.leads l
  left join crm.companies c on c.id = l.company_id
  left join crm.users u on u.id = l.assigned_to
  where ${CHOSEN} order by l.number desc limit ${PAGE}`;
const CAPTURE = `
  insert into crm.leads (pipeline_id, first_name, last_name, email, phone, source)
  select p.id, $1, $2, $3, $4, 'website' from crm.pipelines p
  where p.is_default and not exists (select from crm.leads l where l.email_key = $3)
  returning number as id, first_name, last_name, email, phone, source, created_at`;
const FORECAST = `
  select to_char(d.expected_close_date, 'YYYY-MM') as month, count(*)::int as deals, sum(d.value) as total,
    sum(round(d.value * (coalesce(d.probability, s.probability) / 100)::numeric, 2)) as weighted
  from crm.deals d join crm.stages s on s.id = d.stage_id where d.outcome = 'open' group by 1 order by 1`;
// A company for each name, a contact for each email.
const IMPORT = `
  with known as (select c.id from crm.companies c where c.name_key = app.company_key($5)),
  new as (
    insert into crm.companies (name) select $5 where not exists (select from known) returning id
  ),
  company as (select id from known union all select id from new),
  contact as (
    insert into crm.contacts (first_name, last_name, email, phone, company_id)
    select $1, $2, $3, $4, id from company limit 1
    on conflict (workspace_id, email) do nothing returning id
  )
  insert into crm.leads (pipeline_id, contact_id, company_id, first_name, last_name, email, phone)
  select p.id, contact.id, company.id, $1, $2, $3, $4
  from crm.pipelines p, contact, company
  where p.is_default and not exists (select from crm.leads l where l.email_key = $3)
  returning number as id`;

const app = new Hono();

app.get("/leads", async (c) => {
  const { score_min, city, priority } = c.req.query();
  const values = [score_min, city, priority];
  const count = `select count(*)::int as total from crm.leads l where ${CHOSEN}`;
  const queries: Query[] = [
    { name: "leads", text: LIST, values },
    { name: "leads total", text: count, values },
  ];
  const [data, totals] = await asWorkspace(c.req.header("x-workspace") ?? "", queries);
  return c.json({ data, total: totals?.[0]?.total });
});
app.post("/leads", async (c) => {
  const { first_name, last_name, email, phone_number } = await c.req.json<Record<string, string>>();
  const values = [first_name, last_name, email, phone_number];
  const capture: Query = { name: "capture", text: CAPTURE, values };
  const [made] = await asWorkspace(c.req.header("x-workspace") ?? "", [capture]);
  return made?.[0] ? c.json({ data: made[0] }, 201) : c.json({ error: "duplicate" }, 409);
});
app.post("/import", async (c) => {
  const lines = (await c.req.text()).split("\n").map((line) => line.split(","));
  const made = await asWorkspace(
    c.req.header("x-workspace") ?? "",
    lines.map((values) => ({ name: "import", text: IMPORT, values })),
  );
  return c.json({ created: made.flat().length });
});
app.post("/assign", async (c) => {
  const { assigned_to } = await c.req.json<Record<string, number>>();
  const text = `with changed as (
      update crm.leads set assigned_to = (select id from crm.users where number = $1) returning 1)
    select count(*)::int as updated from changed`;
  const assign: Query = { name: "assign", text, values: [assigned_to] };
  const [counted] = await asWorkspace(c.req.header("x-workspace") ?? "", [assign]);
  return c.json({ data: counted?.[0] });
});
app.get("/forecast", async (c) => {
  const forecast: Query = { name: "forecast", text: FORECAST, values: [] };
  const [data] = await asWorkspace(c.req.header("x-workspace") ?? "", [forecast]);
  return c.json({ data });
});

export default app;
