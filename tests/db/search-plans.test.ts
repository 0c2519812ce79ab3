import { beforeAll, describe, expect, test } from "vitest";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import type { Resource } from "../../shared/crm/resource.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import type { McpCall } from "../../shared/dialects/mcp/caller.ts";
import { tools } from "../../shared/dialects/mcp/tools.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { LISTED } from "../support/counted-resources.ts";
import { brief, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { fillLists, recordsOf } from "../support/list-samples.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

let id: string;

beforeAll(async () => {
  await loadRegistries();
  const [big, other] = [await testWorkspace(), await testWorkspace()];
  id = big.id;
  await fillLists(big.id, [other.id]);
}, 1_200_000);

/** What a search finds, and how many rows of the table it read for that. */
async function readsOf({ name, search }: Resource, longest: string, words: string[]) {
  // What other tests have just written waits outside the index's tree, and counts as its cost.
  await asOwner(`select gin_clean_pending_list('crm.${name}_search_idx')`);
  const [found, [read]] = await apiDatabase({ size: 1 }).read(claimsOf(id), [
    { text: `select ${search}($1, $2)`, values: [longest, words] },
    {
      text: `select seq_scan::int, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
        from pg_stat_xact_user_tables where schemaname = 'crm' and relname = $1`,
      values: [name],
    },
  ]) as [unknown[], [{ seq_scan: number; rows: number }]];
  return { found: found.length, ...read };
}

/** What holds the text that is searched, by whichever of these a record has. */
const TEXTS = ["first_name", "title", "name", "invoice_number"];
const SEARCHABLE = LISTED.filter(({ search }) => search !== undefined);

describe.each(SEARCHABLE)("a search of $name", (resource) => {
  const records = recordsOf(resource.name);
  test.each([
    [`%item-${records - 1}%`, [`%${records - 1}%`], 1],
    [`%M-${records - 2}%`, [], 1],
    [`%example%`, [`%item-${records - 3}%`], 1],
    ["%nothing of this%", [], 0],
  ])("for %s %o reads little more than it finds", async (longest, words, finds) => {
    const { found, rows, seq_scan } = await readsOf(resource, longest, words);
    expect({ seq_scan, found: found <= finds }).toEqual({ seq_scan: 0, found: true });
    // Trigrams find some that the pattern then does not match.
    expect(rows).toBeLessThan(50 + records / 400);
  });

  test("for words of one and two letters reads little more than it finds", async () => {
    const { table, name } = resource;
    const column = TEXTS.find((text) => text in resource.columns)!;
    // Without triggers: a lead's contact is any of the sample.
    await asOwner(
      `begin; set local session_replication_role = replica;
      update crm.${name} set ${column} = 'Qy ''王小明' where id = (
        select id from ${table} where workspace_id = '${id}' order by id desc limit 1); commit`,
    );
    for (
      const [longest, ...words] of [["%qy%"], ["%q%"], ["%小明%"], ["%明%"], ["%qy%", "%王%"]]
        .concat([["%qy%", "%q%", "%小%"]])
    ) {
      const { found, rows, seq_scan } = await readsOf(resource, longest!, words);
      expect({ longest, seq_scan, found }).toEqual({ longest, seq_scan: 0, found: 1 });
      expect(rows, longest).toBeLessThan(50 + records / 400);
    }
    for (const [longest, ...words] of [["%jq%"], ["%伟%"], ["%jq%", "%c%"]]) {
      const { found, rows, seq_scan } = await readsOf(resource, longest!, words);
      expect({ longest, seq_scan, found }).toEqual({ longest, seq_scan: 0, found: 0 });
      expect(rows, longest).toBeLessThan(50 + records / 400);
    }
  });
});

describe("what models read", () => {
  const database = () => apiDatabase({ size: 1 });
  /** The plans of all that a tool reads. */
  async function plansOfTool(name: string, given: object) {
    const statements: Statement[] = [];
    const workspace = {
      seesAll: true,
      read(asked: Statement[]) {
        statements.push(...asked);
        return database().read(claimsOf(id), asked);
      },
    };
    const caller = { workspaceId: id, scopes: ["admin"] };
    const call: McpCall = Object.assign(Object.create(null), { caller, workspace });
    const answer = await tools().find((one) => one.name === name)?.run(call, given);
    const nodes = (await plansOf(database(), claimsOf(id), statements)).flat();
    return { answer: JSON.parse(JSON.stringify(answer)), nodes };
  }

  const email = "item-1@example.com";
  const late = { as_of: "2026-03-01" };
  // Of invoices those that are not paid are looked at, for their number and the page; of deliveries 1,000.
  test.each<[string, object, string, number]>([
    ["find_people", { query: email }, "people", 50],
    ["person_history", { email }, "activities", 150],
    ["list_overdue", late, "tasks", 1_000],
    ["why_lead_missing", { email, since: "2000-01-01T00:00:00Z" }, "deliveries", 1_001],
  ])("%s %j reads little more than it finds, also further on", async (name, given, list, most) => {
    const { answer, nodes } = await plansOfTool(name, { ...given, limit: 1 });
    const cursor = answer[list].next_cursor;
    const further = cursor === null ? [] : (await plansOfTool(name, { ...given, cursor })).nodes;
    for (const plan of [nodes, further]) {
      expect(scanned(plan), brief(plan)).toEqual([]);
      for (const table of new Set(plan.map((node) => node["Relation Name"] ?? ""))) {
        expect(rowsRead(plan, table), `${table} ${brief(plan)}`).toBeLessThanOrEqual(most);
      }
    }
    expect(further.length > 0).toBe(name !== "find_people");
  });
});
