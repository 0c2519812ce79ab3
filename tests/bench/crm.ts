import assert from "node:assert/strict";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { requestText } from "./connection.ts";
import { apiKey } from "./key.ts";
import { type Bench, compared, type Line } from "./line.ts";
import type { Target } from "./load.ts";
import { overHttp, sideBySide } from "./measure.ts";
import { emptyWorkspace } from "./seed.ts";
import { benchModule, type Server, startModule } from "./servers.ts";

const DEALS = 10_000;
const BUSY = 200;
const EACH = 60;
const API = "/functions/v1/crm/api/crm";

interface CrmWorkspace {
  id: string;
  key: string;
  /** Deals to which much has happened. */
  busy: string[];
}

/** Leads and a timeline of the CRM HTTP API, beside a handler written by hand. */
export async function crmReads(bench: Bench): Promise<Line[]> {
  const workspace = await filled(bench);
  const naive = await startModule(benchModule("naive-crm.ts"), bench.apiUrl);
  const lines: Line[] = [];
  try {
    const kinds = [
      ["leads", ["/leads"], [`${API}/leads`]],
      [
        "timeline",
        workspace.busy.map((id) => `/timeline/${id}`),
        workspace.busy.map((id) => `${API}/leads/${id}/timeline`),
      ],
    ] as const;
    for (const [name, byHand, byUs] of kinds) {
      const figures = await sideBySide([
        overHttp("naive", target(naive, byHand, { "X-Workspace": workspace.id })),
        overHttp("ours", target(bench.ours, byUs.map(entityOf(workspace)), bearer(workspace))),
      ], bench.pace);
      lines.push(compared(`CRM: GET ${name}`, "answers/s", figures, ["ours", "naive"]));
    }
  } finally {
    await naive.stop();
  }
  return lines;
}

const bearer = ({ key }: CrmWorkspace) => ({ Authorization: `Bearer ${key}` });
const entityOf = ({ id }: CrmWorkspace) => (path: string) =>
  `${path}${path.includes("?") ? "&" : "?"}entityId=${id}`;

function target(
  { port }: Pick<Server, "port">,
  paths: readonly string[],
  headers: Record<string, string>,
): Target {
  const requests = paths.map((path) => requestText("GET", path, headers));
  return {
    port,
    request: (n) => requests[n % requests.length] ?? "",
    check(n, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      const { leads, items, total } = body as Record<"leads" | "items", unknown[]> & {
        total?: number;
      };
      if (leads) assert.deepEqual([leads.length, total], [25, DEALS]);
      if (items) assert.deepEqual([items.length, total], [25, EACH + 1]);
    },
  };
}

function filled({ adminUrl }: Bench): Promise<CrmWorkspace> {
  return withClient(adminUrl, async (owner) => {
    const { id } = await emptyWorkspace(owner);
    await owner.query(
      `insert into crm.deals (workspace_id, title, value, stage)
       select $1, 'Deal ' || n, n % 5000, (array['Lead', 'Qualified', 'Proposal', 'Won', 'Lost'])[1 + n % 5]
       from generate_series(1, ${DEALS}) n`,
      [id],
    );
    const { rows } = await owner.query<{ id: string }>(
      `select id from crm.deals where workspace_id = $1 order by id limit ${BUSY}`,
      [id],
    );
    const busy = rows.map((row) => row.id);
    await owner.query(
      `insert into crm.activities (workspace_id, type, title, deal_id)
       select $1, 'call', 'Call ' || n, deal from unnest($2::uuid[]) deal, generate_series(1, ${EACH}) n`,
      [id, busy],
    );
    await owner.query("vacuum analyze crm.deals, crm.activities, crm.record_counts");
    return { id, key: await apiKey(owner, id, "crm"), busy };
  });
}
