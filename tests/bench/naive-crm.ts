// What most would write by hand for the CRM HTTP API: its own SQL, without keys, entity, limits or contract.
// Whoever calls names the workspace.
import { Hono } from "hono";
import { selectDashboard } from "../../shared/crm/dashboard.ts";
import { List } from "../../shared/crm/lists/list.ts";
import { selectTimeline } from "../../shared/crm/timeline.ts";
import type { Statement } from "../../shared/db/wire/batch.ts";
import { lead } from "../../shared/dialects/crm-http/lead-view.ts";
import { asWorkspace } from "./naive.ts";

const PAGE = 25;
const PERIOD = { from: "2026-01-01", to: "2026-12-31" };

const app = new Hono();

async function answered(id: string, kind: string, statements: readonly Statement[]) {
  const queries = statements.map(({ text, values }, at) => ({
    name: `${kind} ${at}`,
    text,
    values: [...values],
  }));
  return await asWorkspace(id, queries);
}

app.get("/leads", async (c) => {
  const id = c.req.header("x-workspace") ?? "";
  const asked = { view: lead, conditions: [], search: "", sort: "createdAt", size: PAGE, from: 1 };
  const list = new List(id, { ...asked, order: "desc" });
  const [rows = []] = await answered(id, "leads", [list.statement()]);
  const { items, total } = list.page(rows);
  return c.json({ leads: items.map((text) => JSON.parse(text) as unknown), total });
});
app.get("/timeline/:id", async (c) => {
  const statement = selectTimeline(c.req.param("id"), PAGE, 0);
  const [[row] = []] = await answered(c.req.header("x-workspace") ?? "", "timeline", [statement]);
  if (row === undefined) return c.notFound();
  const items = (row.items as string[]).map((text) => JSON.parse(text) as unknown);
  return c.json({ items, total: Number(row.total) });
});
app.get("/dashboard", async (c) => {
  const id = c.req.header("x-workspace") ?? "";
  return c.json(await answered(id, "dashboard", selectDashboard(PERIOD)));
});

export default app;
