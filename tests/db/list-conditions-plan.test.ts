import { beforeAll, expect, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import type { Condition } from "../../shared/crm/lists/conditions.ts";
import { List } from "../../shared/crm/lists/list.ts";
import { nativeView } from "../../shared/crm/views/view.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, TALKS } from "../support/list-conditions.ts";
import {
  brief as inALine,
  plansOf,
  preparedPlansOf,
  rowsRead,
  scanned,
} from "../support/explain.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const MANY = 60_000;
/** How many contacts the other workspace has. */
const OTHERS = 20_000;
const AT_ONCE = 1_000;
const SIZE = 25;
/** How far a list is looked through in order for what its conditions leave. */
const NEAR = 20_000;
/** How many contacts are in the small company, and talk with it. */
const FEW = 40;

let id: string;

beforeAll(async () => {
  const [big, other] = [await testWorkspace(), await testWorkspace()];
  id = big.id;
  for (const [workspace, many] of [[big.id, MANY], [other.id, OTHERS]] as const) {
    await asOwner(
      "insert into crm.companies (workspace_id, name) values ($1, 'Small'), ($1, 'Large')",
      [workspace],
    );
    // Each counts for its company, whose row has a version more with each until they are committed.
    for (let from = 1; from <= many; from += AT_ONCE) {
      await asOwner(
        `insert into crm.contacts (workspace_id, first_name, status, company_id, created_at)
          select $1, 'Name ' || n % 977, case when n % 1500 = 7 then 'rare' else 'new' end, m.id,
            timestamptz '2026-01-01' + n * interval '1 minute'
          from generate_series($2::int, $3::int) n join crm.companies m on m.workspace_id = $1
            and m.name = case when n % 1500 = 7 then 'Small' else 'Large' end`,
        [workspace, from, from + AT_ONCE - 1],
      );
      // Triggers keep the plans that they made for empty tables until there are statistics.
      if (from === 1) await asOwner("analyze");
    }
    await asOwner(
      `insert into crm.activities (workspace_id, type, contact_id, company_id)
        select workspace_id, 'call', id, company_id from crm.contacts
        where workspace_id = $1 and extract(minute from created_at)::int % 2 = 1`,
      [workspace],
    );
  }
  await asOwner("vacuum analyze");
}, 1_200_000);

const LATE = { is: "after", column: "created_at", value: "2026-02-11T00:00Z" } as const;
const EARLY = { is: "before", column: "created_at", value: "2026-01-01T02:00Z" } as const;
const RARE = { is: "equal", column: "status", value: "rare" } as const;
const NEW = { is: "equal", column: "status", value: "new" } as const;
const numberOf = async (name: string): Promise<Condition> => {
  const [row] = await asOwner<{ number: number }>(
    "select number::int from crm.companies where workspace_id = $1 and name = $2",
    [id, name],
  );
  return { is: "numbered", column: "company_id", table: "crm.companies", value: row!.number };
};
const talks = (value: string): Condition => ({ is: "member", of: TALKS, value });

/**
 * Conditions with a sort, and how many contacts they may read, beside those that are counted. Who are in
 * a group are looked up for the total and for the page.
 */
const LISTS: [string, () => Condition[] | Promise<Condition[]>, string, number][] = [
  ["after", () => [LATE], "created_at", SIZE + 1],
  ["before", () => [EARLY], "created_at", SIZE + 1],
  ["between", () => [EARLY, { ...LATE, value: "2026-01-01T01:00Z" }], "created_at", SIZE + 1],
  ["equal and after", () => [NEW, LATE], "created_at", SIZE + 1],
  ["rare and before", () => [RARE, { ...EARLY, value: "2026-03-01Z" }], "created_at", SIZE + 1],
  ["a number", async () => [await numberOf("Large")], "created_at", SIZE + 1],
  ["a small number", async () => [await numberOf("Small")], "created_at", SIZE + 1],
  ["a small number otherwise sorted", async () => [await numberOf("Small")], "first_name", FEW],
  [
    "among few",
    () => [{ is: "among", column: "status", type: "text", value: ["rare"] }],
    "first_name",
    FEW,
  ],
  ["a small group", () => [talks("small")], "first_name", FEW],
  ["a small group among most", () => [NEW, talks("small")], "created_at", 2 * FEW],
  ["few of a small group", () => [talks("small"), LATE], "created_at", 2 * FEW],
  [
    "among few and after",
    () => [
      { is: "among", column: "status", type: "text", value: ["rare", "x"] },
      { ...LATE, value: "2026-01-01Z" },
    ],
    "first_name",
    FEW,
  ],
  ["null", () => [{ is: "null", column: "company_id" }], "created_at", FEW],
  ["a large group", () => [talks("large")], "created_at", NEAR],
  ["after, otherwise sorted", () => [LATE], "first_name", NEAR],
];

test.each(LISTS)("%s reads a page, or what meets it", async (_, conditions, sort, most) => {
  const database = apiDatabase({ size: 1 });
  for (const view of [nativeView(contacts), brief]) {
    const by = Object.keys(view.sorts).find((name) => view.sorts[name] === contacts.sorts[sort]);
    if (by === undefined) continue;
    for (const order of ["asc", "desc"] as const) {
      const request = { view, conditions: await conditions(), search: "", sort: by, order };
      const list = new List(id, { ...request, size: SIZE, from: 1 });
      const statement = list.statement();
      const [rows] = await database.read(claimsOf(id), [statement]);
      const { total, next } = list.page(rows!);
      // A total that no counter knows is counted.
      const isKnown = request.conditions.length === 1 && "column" in request.conditions[0]! &&
        request.conditions[0].column === "status";
      const counting = isKnown ? 0 : total;
      const cursor = next === null ? [] : [
        new List(id, { ...request, size: SIZE, from: { cursor: next } }).statement(),
      ];
      for (const plan of statement.prepared ? [plansOf, preparedPlansOf] : [plansOf]) {
        for (const nodes of await plan(database, claimsOf(id), [statement, ...cursor])) {
          const message = `${sort} ${order} of ${total}: ${inALine(nodes)}`;
          expect(scanned(nodes), message).not.toContain("contacts");
          expect(rowsRead(nodes, "contacts"), message).toBeLessThanOrEqual(most + counting);
        }
      }
    }
  }
});
