import * as z from "zod";
import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { type LioCaller, userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { getHubspotImport, importFromHubspot } from "./hubspot-import.ts";
import { listHubspotProperties } from "./hubspot-properties.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";

interface Connectable {
  provider: string;
  name: string;
  scope: "organization" | "user";
  /** The account that it is, where that has another name. */
  account?: string;
}

/** The services that can be connected, in the order in which they are listed (decisions: 24). */
const CONNECTABLE: readonly Connectable[] = [
  { provider: "hubspot", name: "HubSpot", scope: "organization" },
  { provider: "slack", name: "Slack", scope: "organization" },
  { provider: "teams", name: "Microsoft Teams", scope: "organization", account: "microsoft" },
  { provider: "google", name: "Google Calendar", scope: "user" },
  { provider: "microsoft", name: "Microsoft Calendar", scope: "user" },
];

const connectedApp = lazy(() =>
  z.object({
    provider: z.enum(["hubspot", "slack", "teams", "google", "microsoft"]),
    name: z.string(),
    status: z.enum(["connected", "not_connected", "error"]),
    scope: z.enum(["organization", "user"]),
    connected_at: z.iso.datetime({ precision: 3 }).nullable(),
    last_error: z.string().nullable(),
  }).meta({ id: "ConnectedApp" })
);

interface Connected {
  provider: string;
  scope: string;
  status: string;
  connected_at: string;
  last_error: string | null;
}

/** GET: the services that can be connected, for the organisation or the caller, and whether they are. */
const listConnectedApps: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listConnectedApps",
      summary: "List connected apps",
      query: pagingParameters(),
      answers: { 200: pageSchema(connectedApp()) },
    };
  },
  async run(call) {
    const paging = readQuery(call, pagingParameters());
    const connected = await connectedFor(call);
    const { page, limit } = paging;
    const items = CONNECTABLE.slice((page - 1) * limit, page * limit).map((one) => {
      const { provider, name, scope: its, account = provider } = one;
      const found = connected.find((app) => app.provider === account && app.scope === its);
      const { status = "not_connected", connected_at = null, last_error = null } = found ?? {};
      return JSON.stringify({ provider, name, status, scope: its, connected_at, last_error });
    });
    return answerPage("Connected apps fetched", paging, { items, total: CONNECTABLE.length });
  },
};

async function connectedFor({ workspace, caller }: Call<LioCaller>): Promise<Connected[]> {
  const [rows] = await workspace.read([statement(sql`
    select provider, case when user_id is null then 'organization' else 'user' end as scope, status,
      to_char(connected_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as connected_at, last_error
    from crm.connected_accounts
    where not is_mail and is_active and (user_id is null or user_id = ${userOf(caller).userId})`)]);
  return rowsOf<Connected>(rows);
}

const read = scope("read");

/** Other services that are connected, and what comes from them (spec: Connected apps). */
export default router<LioCaller>("/api/connected-apps")
  .get("/list", read, listConnectedApps)
  .get("/hubspot/properties", read, listHubspotProperties)
  .post("/hubspot/import", scope("manage"), importFromHubspot)
  .get("/hubspot/import/:id/status", read, getHubspotImport);
