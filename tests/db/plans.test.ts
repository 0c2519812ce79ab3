import { beforeAll, describe, expect, inject, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import { List, listParameters } from "../../shared/crm/list.ts";
import { validated } from "../../shared/crm/validation.ts";
import { apiDatabase, claimsOf, rolledBack, session } from "../support/as-role.ts";
import { flatten, type PlanNode, planOf, rowsRead } from "../support/explain.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const RECORDS = 20_000;
const PER_PAGE = 25;
/** Lists, each with how many records its filter, or its search, finds at most. */
const FOUND: Record<string, number> = {
  "": RECORDS,
  "email=person-7777@example.com": 1,
  "email=nobody@example.com": 0,
  "status=active": 18_000,
  "status=customer": 1_800,
  "status=rare": 200,
  "company_id=": 200,
  "status=rare&company_id=": 200,
  "search=person-7777": 1,
  "search=ann 777 example": 11,
  "search=zoë 777 example": 23,
  "search=nobody": 0,
  "status=active&search=person-7777": 18_000,
};
const SORTS = Object.keys(contacts.sorts).flatMap((sort_by) =>
  ["asc", "desc"].map((sort_order) => ({ sort_by, sort_order }))
);

let id: string;
let companyId: string;

beforeAll(async () => {
  const [big, other] = [await testWorkspace(), await testWorkspace()];
  id = big.id;
  await asOwner(
    `insert into crm.companies (workspace_id, name)
      select workspace, 'Company ' || n from unnest($1::uuid[]) workspace, generate_series(0, 99) n`,
    [[big.id, other.id]],
  );
  await asOwner(
    `with company as (
      select workspace_id, array_agg(id order by number) as ids from crm.companies
      where workspace_id = any ($1) group by workspace_id)
    insert into crm.contacts (workspace_id, first_name, last_name, email, status, company_id, created_at, updated_at)
      select workspace_id, (array['Ann', 'Bob', 'Zoë', null])[1 + n / 7 % 4], 'Last ' || n * 7919 % 20000,
        'person-' || n || '@example.com',
        case when n % 100 = 0 then 'rare' when n % 10 = 0 then 'customer' else 'active' end,
        ids[1 + n % 100], now() - n * 37 % 20000 * interval '1 minute', now() - n * 53 % 20000 * interval '1 minute'
      from company, generate_series(1, $2::int) n`,
    [[big.id, other.id], RECORDS],
  );
  await asOwner("vacuum analyze crm.contacts");
  const [company] = await asOwner<{ id: string }>(
    "select id from crm.companies where workspace_id = $1 and name = 'Company 50'",
    [id],
  );
  companyId = company!.id;
});

function listOf(query: string, more: Record<string, string> = {}): List {
  const given = Object.fromEntries(
    new URLSearchParams(query.replace("company_id=", `company_id=${companyId}`)),
  );
  return new List(contacts, id, validated(listParameters(contacts), { ...given, ...more }));
}

function brief(sort: object, nodes: PlanNode[]): string {
  const steps = nodes.map((node) => [
    node["Node Type"],
    node["Index Name"],
    node["Actual Rows"],
    node["Rows Removed by Filter"],
  ]);
  return JSON.stringify([sort, ...steps]);
}

function expectNoScan(nodes: PlanNode[]): void {
  const scans = nodes.filter((node) => node["Node Type"] === "Seq Scan");
  expect(scans.map((node) => node["Relation Name"])).not.toContain("contacts");
}

describe.each(Object.entries(FOUND))("?%s", (query, found) => {
  // What most records match is found among the first ones; what few match, all of it may be sorted.
  const most = found > RECORDS / 2 ? 4 * PER_PAGE : Math.max(found, PER_PAGE + 1);

  test("every sort reads a page, or what matches", async () => {
    const database = apiDatabase({ size: 1 });
    for (const sort of SORTS) {
      const [page] = listOf(query, sort).statements();
      const nodes = await planOf(database, claimsOf(id), page!);
      expectNoScan(nodes);
      expect(rowsRead(nodes, "contacts"), brief(sort, nodes)).toBeLessThanOrEqual(most);
    }
  });

  test("every sort continues from a cursor at the same cost", async () => {
    const database = apiDatabase({ size: 1 });
    for (const sort of SORTS) {
      const start = listOf(query, {
        ...sort,
        per_page: "1",
        page: String(Math.max(1, found >> 1)),
      });
      const { next_cursor } =
        start.page(await database.read(claimsOf(id), start.statements())).pagination;
      const cursor: Record<string, string> = next_cursor === null ? {} : { cursor: next_cursor };
      const [next] = listOf(query, { ...sort, ...cursor }).statements();
      const nodes = await planOf(database, claimsOf(id), next!);
      expectNoScan(nodes);
      expect(rowsRead(nodes, "contacts"), brief(sort, nodes)).toBeLessThanOrEqual(most);
    }
  });

  test("the total reads what matches, and nothing without filters", async () => {
    const [, total] = listOf(query).statements();
    const nodes = await planOf(apiDatabase(), claimsOf(id), total!);
    expectNoScan(nodes);
    // Nearly all of a workspace may as well be counted by reading all of it.
    const counted = found > RECORDS / 2 ? RECORDS : found;
    expect(rowsRead(nodes, "contacts"), brief({}, nodes))
      .toBeLessThanOrEqual(query === "" ? 0 : counted);
  });
});

test.each([
  ["%person-7777%", ["%example%"]],
  ["%7777@%", []],
  ["%last 123%", ["%ann%", "%example%"]],
])("a search of %s %o goes through the trigram index", async (longest, words) => {
  const owner = await session(inject("adminUrl"));
  const nodes = await rolledBack(owner, async () => {
    const [{ prosrc }] = (await owner.query(
      "select prosrc from pg_proc where oid = 'app.search_contacts'::regproc",
    )).rows;
    const body = prosrc.replaceAll("p_longest", "$1").replaceAll("p_words", "$2");
    await owner.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify(claimsOf(id)),
    ]);
    // A function's body is planned without knowing its arguments.
    await owner.query("set local plan_cache_mode = force_generic_plan; set local search_path = ''");
    await owner.query(`prepare search (text, text[]) as ${body}`);
    const list = `{${words.join(",")}}`;
    const { rows } = await owner.query(
      `explain (analyze, format json) execute search (${owner.escapeLiteral(longest)}, ${
        owner.escapeLiteral(list)
      })`,
    );
    return flatten(rows[0]["QUERY PLAN"][0].Plan);
  });
  expectNoScan(nodes);
  expect(nodes.map((node) => node["Index Name"])).toContain("contacts_search_idx");
  // Trigrams find some that the pattern then does not match.
  expect(rowsRead(nodes, "contacts"), brief({}, nodes)).toBeLessThan(RECORDS / 50);
});
