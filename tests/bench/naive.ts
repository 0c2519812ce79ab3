// What most would write by hand, to measure against: the same driver, SQL and row-level security, but
// no keys, scopes, limits, idempotency, validation or envelope. Whoever calls names the workspace.
import process from "node:process";
import { Hono } from "hono";
import pg from "pg";

/** A named statement. */
export interface Query {
  name: string;
  text: string;
  values?: unknown[];
}

const COLUMNS = "id, first_name, last_name, email, phone, title, company_id, source, status, " +
  "signal_strength, created_at, updated_at";
const WRITTEN = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "title",
  "source",
  "signal_strength",
] as const;

/** A contact to write. */
export type Person = Record<typeof WRITTEN[number], string | number>;

/** The statements of every side that is not ours. The names make the driver prepare them once. */
export const sql = {
  byId: (id: string): Query[] => [
    { name: "by id", text: `select ${COLUMNS} from crm.contacts where id = $1`, values: [id] },
  ],
  list: (status: string): Query[] => page("list", "status = $1", status),
  search: (word: string): Query[] => page("search", "search_text like lower($1)", `%${word}%`),
  create: (person: Person): Query[] => [{
    name: "create",
    text: `insert into crm.contacts (${WRITTEN}) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (workspace_id, email) do update set first_name = excluded.first_name,
        last_name = excluded.last_name, phone = excluded.phone, title = excluded.title,
        source = excluded.source, signal_strength = excluded.signal_strength
      returning ${COLUMNS}`,
    values: WRITTEN.map((column) => person[column]),
  }],
};

function page(name: string, where: string, value: string): Query[] {
  const from = `from crm.contacts where ${where}`;
  const order = "order by created_at desc, id desc limit 25";
  return [
    { name, text: `select ${COLUMNS} ${from} ${order}`, values: [value] },
    { name: `${name} total`, text: `select count(*)::int as total ${from}`, values: [value] },
  ];
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, pipeline: true });

/** Runs queries in a transaction of a workspace, in one round trip. */
export async function asWorkspace(
  id: string,
  queries: Query[],
): Promise<Record<string, unknown>[][]> {
  const claims = JSON.stringify({ workspace_id: id });
  const enter = "select set_config('request.jwt.claims', $1, true)";
  const all: Query[] = [
    { name: "begin", text: "begin" },
    { name: "enter", text: enter, values: [claims] },
    ...queries,
    { name: "commit", text: "commit" },
  ];
  const client = await pool.connect();
  try {
    client.connection.stream.cork();
    const answers = all.map((query) => client.query(query));
    client.connection.stream.uncork();
    return (await Promise.all(answers)).slice(2, -1).map(({ rows }) => rows);
  } finally {
    client.release(client.getTransactionStatus() !== "I");
  }
}

const app = new Hono();
const workspace = (context: { req: { header(name: string): string | undefined } }) =>
  context.req.header("x-workspace") ?? "";

app.get("/contacts/:id", async (c) => {
  const [rows] = await asWorkspace(workspace(c), sql.byId(c.req.param("id")));
  return rows?.[0] ? c.json(rows[0]) : c.notFound();
});
app.get("/contacts", async (c) => {
  const { search, status = "active" } = c.req.query();
  const queries = search ? sql.search(search) : sql.list(status);
  const [items, totals] = await asWorkspace(workspace(c), queries);
  return c.json({ items, total: totals?.[0]?.total });
});
app.post("/contacts", async (c) => {
  const [rows] = await asWorkspace(workspace(c), sql.create(await c.req.json()));
  return c.json(rows?.[0], 201);
});

export default app;
