import { asOwner } from "./workspace.ts";

/** How many records of each resource `fillLists` makes in a workspace. */
export const RECORDS = 2_500;

// Nine in ten, one in eleven, one in a hundred; and one of a hundred records, each as often.
const often = (common: string, some: string, rare: string, n = "n") =>
  `case when ${n} % 100 = 0 then '${rare}' when ${n} % 10 = 0 then '${some}' else '${common}' end`;
const one = (table: string) => `${table}.ids[1 + n % 100]`;
const minutes = (prime: number) => `now() - n * ${prime} % ${RECORDS} * interval '1 minute'`;
// Most records have none: lists end, or begin, with a long run of one sort value.
const seldom = (value: string) => `case when n % 5 < 2 then ${value} end`;
const day = (prime: number) => seldom(`'2026-01-01'::date + n * ${prime} % ${RECORDS}`);
const TIMES = { created_at: minutes(37), updated_at: minutes(53) };
const LINKS = {
  company_id: one("companies"),
  contact_id: one("contacts"),
  deal_id: one("deals"),
};
const TITLE = `(array['Call', 'Zoë', 'Licence'])[1 + n / 7 % 3] || ' item-' || n || ' example'`;

/** The columns of the n-th record, by table, in an order that links allow. */
const SAMPLES: Record<string, Record<string, string>> = {
  users: { name: TITLE, email: "'item-' || n || '@example.com'", ...TIMES },
  pipelines: { name: TITLE, ...TIMES },
  companies: {
    name: TITLE,
    domain: seldom("'item-' || n || '.com'"),
    industry: often("software", "steel", "space"),
    ...TIMES,
  },
  contacts: {
    first_name: "(array['Ann', 'Bob', 'Zoë', null])[1 + n / 7 % 4]",
    last_name: `'Last ' || n * 7919 % ${RECORDS}`,
    email: "'item-' || n || '@example.com'",
    status: often("active", "customer", "churned"),
    company_id: one("companies"),
    ...TIMES,
  },
  deals: {
    title: TITLE,
    value: seldom(`n * 7919 % ${RECORDS} + 0.5`),
    stage: often("Lead", "Qualified", "Proposal"),
    status: often("open", "waiting", "lost", "(n / 3)"),
    expected_close_date: day(41),
    pipeline_id: one("pipelines"),
    company_id: one("companies"),
    contact_id: one("contacts"),
    assigned_to: one("users"),
    ...TIMES,
  },
  tasks: {
    title: TITLE,
    status: often("open", "done", "dropped"),
    priority: often("medium", "high", "urgent", "(n / 3)"),
    due_date: day(43),
    assigned_to: one("users"),
    ...LINKS,
    ...TIMES,
  },
  invoices: {
    invoice_number: "'item-' || n || ' example'",
    status: often("paid", "sent", "overdue"),
    issue_date: `'2026-01-01'::date + n * 59 % ${RECORDS}`,
    due_date: day(47),
    subtotal: `n * 7919 % ${RECORDS} + 0.5`,
    total: `n * 7919 % ${RECORDS} + 0.5`,
    ...LINKS,
    ...TIMES,
  },
  activities: {
    title: `case when n % 9 > 0 then ${TITLE} end`,
    type: often("note", "call", "meeting"),
    ...LINKS,
    created_at: TIMES.created_at,
  },
  connectors: {
    slug: "'item-' || n",
    name: TITLE,
    target: "'contact'",
    field_map: "'{}'::jsonb",
    matching: "'{}'::jsonb",
    ...TIMES,
  },
  connector_deliveries: {
    connector_id: one("connectors"),
    contact_id: one("contacts"),
    status: often("accepted", "failed", "ignored"),
    content_type: "'application/json'",
    // As long as what a form sends.
    body: "convert_to(repeat('x', 500), 'UTF8')",
    created_at: TIMES.created_at,
  },
};

/** Fills workspaces with records of every resource, and lets the planner know of them. */
export async function fillLists(workspaceIds: string[]): Promise<void> {
  for (const id of workspaceIds) {
    for (const [table, sample] of Object.entries(SAMPLES)) await fill(id, table, sample);
    await asOwner(
      `insert into crm.stages (workspace_id, pipeline_id, name, position)
        select workspace_id, id, 'Stage ' || n, n from crm.pipelines, generate_series(1, 3) n
        where workspace_id = $1 and not is_default`,
      [id],
    );
  }
  const tables = [...Object.keys(SAMPLES), "stages"].map((table) => `crm.${table}`);
  await asOwner(`vacuum analyze ${tables.join(", ")}`);
}

async function fill(id: string, table: string, sample: Record<string, string>): Promise<void> {
  const linked = ["users", "pipelines", "companies", "contacts", "deals", "connectors"].filter((
    target,
  ) => Object.values(sample).includes(one(target)));
  const targets = linked.map((target) =>
    `, (select array(select id from crm.${target} where workspace_id = $1 order by id limit 100)
        as ids) ${target}`
  );
  await asOwner(
    `insert into crm.${table} (workspace_id, ${Object.keys(sample).join(", ")})
      select $1, ${Object.values(sample).join(", ")}
      from generate_series(1, ${RECORDS}) n ${targets.join("")}`,
    [id],
  );
}
