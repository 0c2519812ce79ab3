import { LISTED } from "./counted-resources.ts";
import { asOwner } from "./workspace.ts";

const FEW = 2_500;

/** How many records of a table `fillLists` makes in a workspace: LIST_ROWS, or what is quick to make. */
export function recordsOf(table: string): number {
  const given = Number(process.env.LIST_ROWS ?? 0);
  return given || (table === "contacts" ? 50_000 : 5_000);
}

// Nine in ten, one in eleven, one in a hundred; and one of a hundred records, each as often.
const often = (common: string, some: string, rare: string, n = "n") =>
  `case when ${n} % 100 = 0 then '${rare}' when ${n} % 10 = 0 then '${some}' else '${common}' end`;
const one = (table: string) => `${table}.ids[1 + n % 100]`;
// Another number for each n, in no order.
const spread = (prime: number) => `(n::bigint * ${prime} % ROWS)::int`;
const minutes = (prime: number) => `now() - ${spread(prime)} * interval '1 minute'`;
// Most records have none: lists end, or begin, with a long run of one sort value.
const seldom = (value: string) => `case when n % 5 < 2 then ${value} end`;
const day = (prime: number) => seldom(`'2026-01-01'::date + ${spread(prime)}`);
const TIMES = { created_at: minutes(37), updated_at: minutes(53) };
const LINKS = {
  company_id: one("companies"),
  contact_id: one("contacts"),
  deal_id: one("deals"),
};
const TITLE = `(array['Call', 'Zoë', 'Licence'])[1 + n / 7 % 3] || ' item-' || n || ' example'`;

/** The columns of the n-th record, by table, in an order that links allow. */
const SAMPLES: Record<string, Record<string, string>> = {
  users: {
    name: TITLE,
    first_name: TITLE,
    email: "'item-' || n || '@example.com'",
    role: often("member", "viewer", "admin"),
    status: often("active", "invited", "inactive", "(n / 3)"),
    ...TIMES,
  },
  pipelines: { name: TITLE, ...TIMES },
  companies: {
    name: TITLE,
    domain: seldom("'item-' || n || '.com'"),
    industry: often("software", "steel", "space"),
    ...TIMES,
  },
  contacts: {
    first_name: "(array['Ann', 'Bob', 'Zoë', null])[1 + n / 7 % 4]",
    // Whoever has the second status comes last.
    last_name: `case when n % 10 = 0 then 'Zuletzt ' else 'Last ' end || ${spread(7919)}`,
    email: "'item-' || n || '@example.com'",
    status: often("active", "customer", "churned"),
    company_id: one("companies"),
    ...TIMES,
  },
  deals: {
    title: TITLE,
    value: seldom(`${spread(7919)} + 0.5`),
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
    issue_date: `'2026-01-01'::date + ${spread(59)}`,
    due_date: day(47),
    subtotal: `${spread(7919)} + 0.5`,
    total: `${spread(7919)} + 0.5`,
    ...LINKS,
    ...TIMES,
  },
  activities: {
    title: `case when n % 9 > 0 then ${TITLE} end`,
    type: often("note", "call", "meeting"),
    ...LINKS,
    created_at: TIMES.created_at,
  },
  tags: { name: TITLE, ...TIMES },
  leads: {
    first_name: "(array['Ann', 'Bob', 'Zoë', null])[1 + n / 7 % 4]",
    last_name: `case when n % 10 = 0 then 'Zuletzt ' else 'Last ' end || ${spread(7919)}`,
    email: "'item-' || n || '@example.com'",
    source: often("website", "fair", "referral"),
    status: often("new", "contacted", "won", "(n / 3)"),
    starred: "n % 100 = 0",
    score: "n % 101",
    pipeline_id: one("pipelines"),
    stage_id: "stages.ids[1 + n % 6]",
    assigned_to: one("users"),
    contact_id: one("contacts"),
    company_id: one("companies"),
    ...TIMES,
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

/**
 * Fills a workspace with records of every resource, and others with a few of each, and lets the planner
 * know of them. Triggers and indexes follow afterwards, which takes a fraction of the time.
 */
export async function fillLists(big: string, others: string[]): Promise<void> {
  const tables = [...Object.keys(SAMPLES), "stages"];
  const indexes = await takeIndexes(tables);
  for (const [table, sample] of Object.entries(SAMPLES)) {
    await fill(big, table, sample, recordsOf(table));
    for (const id of others) await fill(id, table, sample, FEW);
  }
  await asOwner(
    `insert into crm.stages (workspace_id, pipeline_id, name, position)
      select workspace_id, id, 'Stage ' || n, n from crm.pipelines, generate_series(1, 3) n
      where not is_default`,
  );
  const memory = "set local maintenance_work_mem = '512MB'";
  for (const index of indexes) await asOwner(`begin; ${memory}; ${index}; commit`);
  for (const { name, counted = [] } of LISTED) {
    await asOwner("call app.count_by($1, $2)", [name, counted]);
  }
  await asOwner(`vacuum analyze ${tables.map((table) => `crm.${table}`).join(", ")}`);
}

async function takeIndexes(tables: string[]): Promise<string[]> {
  const indexes = await asOwner<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index i join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'crm'::regnamespace and t.relname = any ($1)
        and not exists (select from pg_constraint where conindid = indexrelid)`,
    [tables],
  );
  for (const { name } of indexes) await asOwner(`drop index ${name}`);
  return indexes.map(({ definition }) => definition);
}

async function fill(
  id: string,
  table: string,
  sample: Record<string, string>,
  records: number,
): Promise<void> {
  const linked = ["users", "pipelines", "stages", "companies", "contacts", "deals", "connectors"]
    .filter((target) => Object.values(sample).some((value) => value.startsWith(`${target}.ids[`)));
  const targets = linked.map((target) =>
    `, (select array(select id from crm.${target} where workspace_id = '${id}' order by id limit 100)
        as ids) ${target}`
  );
  const values = Object.values(sample).join(", ").replaceAll("ROWS", String(records));
  await asOwner(`begin;
    set local session_replication_role = replica;
    insert into crm.${table} (workspace_id, ${Object.keys(sample).join(", ")})
      select '${id}', ${values} from generate_series(1, ${records}) n ${targets.join("")};
    commit`);
}
