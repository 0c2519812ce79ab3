import { beforeAll, expect, test } from "vitest";
import {
  type RequestFilter,
  selectHours,
  selectRequests,
  selectUsedLimits,
} from "../../shared/crm/requests.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const REQUESTS = 60_000;
const PAGE = 26;
const RARE = "01890a5d-ac96-774b-bcce-b302099a8057";
let id: string;

beforeAll(async () => {
  ({ id } = await testWorkspace());
  const other = await testWorkspace();
  await asOwner(
    `insert into crm.requests (workspace_id, id, at, api, method, path, status, ms, actor_kind,
        actor_id, request_id)
      select w, gen_random_uuid(), now() - n * interval '10 seconds', 'lio', 'GET', '/lio',
        case n % 1000 when 0 then 404 else 200 end, 1, 'key',
        case n % 2000 when 0 then $3 else w end, n::text
      from unnest(array[$1, $2]::uuid[]) w, generate_series(1, $4::int) n`,
    [id, other.id, RARE, REQUESTS],
  );
  await asOwner("vacuum analyze crm.requests");
});

const since = new Date(Date.now() - 86_400_000).toISOString();
const until = new Date(Date.now() - 3 * 86_400_000).toISOString();

test.each<[string, RequestFilter]>([
  ["of all", {}],
  ["of a key with few", { api_key_id: RARE }],
  ["of a key with many", {}],
  ["of errors", { errors: true }],
  ["of a status", { status: "404" }],
  ["of a hundred of statuses", { status: "4xx" }],
  ["of a day", { since }],
  ["of days ago", { until }],
])("a page of the log %s reads little more than the page", async (name, filter) => {
  const given = name.endsWith("many") ? { api_key_id: id } : filter;
  const after = { at: new Date(Date.now() - 2 * 86_400_000).toISOString(), id: RARE };
  const statements = [selectRequests(given, PAGE), selectRequests(given, PAGE, after)];
  const plans = await plansOf(apiDatabase(), claimsOf(id), statements);
  for (const nodes of plans) {
    expect(rowsRead(nodes, "requests"), brief(nodes)).toBeLessThanOrEqual(2 * PAGE);
    expect(scanned(nodes)).not.toContain("requests");
  }
});

test("usage reads nothing of the log itself", async () => {
  const statements = [selectHours(7), selectUsedLimits()];
  const plans = await plansOf(apiDatabase(), claimsOf(id), statements);
  for (const nodes of plans) expect(rowsRead(nodes, "requests")).toBe(0);
});
