import { describe, expect, test } from "vitest";
import { bulkTurn, type Chosen, type Work, worked } from "../../shared/crm/bulk.ts";
import {
  assignmentOfLeads,
  deletionOfLeads,
  statusOfLeads,
  tagsOfLeads,
} from "../../shared/crm/bulk-leads.ts";
import type { Condition } from "../../shared/crm/lists/conditions.ts";
import { selectIds } from "../../shared/crm/lists/selection.ts";
import { uniqueLeads } from "../../shared/crm/unique-leads.ts";
import { nativeView } from "../../shared/crm/views/view.ts";
import { statement } from "../../shared/db/sql.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { leadWorld } from "../support/lead-world.ts";
import { asOwner } from "../support/workspace.ts";

const chosen = (conditions: readonly Condition[], search = "") => ({
  query: selectIds(nativeView(uniqueLeads), conditions, search),
});
const ALL = chosen([]);
const MANY = 2_000;

async function world(size = 0) {
  const known = await leadWorld();
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, assigned_to, city)
      select $1, p.id, 'N ' || n, null, case n % 2 when 0 then 'Bonn' end
      from generate_series(1, $2::int) n, crm.pipelines p where p.workspace_id = $1`,
    [known.id, size],
  );
  const database = apiDatabase({ size: 4 });
  const work = async (leads: Chosen, done: Work) => {
    const [rows = []] = await database.transact(claimsOf(known.id), async (transaction) => {
      await transaction.run(bulkTurn(uniqueLeads));
      return { result: await transaction.run([statement(worked(uniqueLeads, leads, done))]) };
    });
    return rows[0];
  };
  return { ...known, work };
}

test("leads chosen by number are told from those that are not there", async () => {
  const { create, work, lead } = await world();
  const [one, two] = [await create(), await create({ status: "qualified" })];
  const numbers = [Number(two.number), Number(one.number), 999_999_999];
  expect(await work({ numbers }, statusOfLeads(3)))
    .toEqual({ matched: 2, updated: 1, found: [one, two].map(({ number }) => Number(number)) });
  expect(await lead(one.id)).toMatchObject({ status: "qualified" });
});

test("leads chosen by what they have in common, or by words", async () => {
  const { work, rows, insert } = await world(6);
  const bonn = chosen([{ is: "folded", column: "city_key", value: "BONN" }]);
  const { number, id } = await insert("users", { name: "Rita", email: "r@acme.com" });
  expect(await work(bonn, assignmentOfLeads(Number(number)))).toMatchObject({
    matched: 3,
    updated: 3,
  });
  expect(await rows("select id from crm.leads where assigned_to = $1", id)).toHaveLength(3);
  expect(await work(chosen([], "n 4"), assignmentOfLeads(null)))
    .toMatchObject({ matched: 1, updated: 1 });
  expect(await work(ALL, assignmentOfLeads(null))).toMatchObject({ matched: 6, updated: 2 });
});

describe("tags", () => {
  test("are added, or stand in place of all", async () => {
    const { work, create, lead } = await world();
    const { id } = await create({ tags: ["a", "b"] });
    await create({ tags: ["c"] });
    expect(await work(ALL, tagsOfLeads(["A", "b"], false))).toMatchObject({
      matched: 2,
      updated: 1,
    });
    expect(await work(ALL, tagsOfLeads(["c"], true))).toMatchObject({ matched: 2, updated: 2 });
    expect(await lead(id)).toMatchObject({ tags: ["c"] });
    expect(await work(ALL, tagsOfLeads(["c"], true))).toMatchObject({ matched: 2, updated: 0 });
    expect(await work(ALL, tagsOfLeads([], true))).toMatchObject({ matched: 2, updated: 2 });
    expect(await lead(id)).toMatchObject({ tags: [] });
  });

  test("are at most fifty of a lead", async () => {
    const { work, create, lead } = await world();
    const names = Array.from({ length: 50 }, (_, n) => `t${n}`);
    const { id } = await create({ tags: names });
    await expect(work(ALL, tagsOfLeads(["more"], false))).rejects.toMatchObject({ code: "LB080" });
    expect(await work(ALL, tagsOfLeads(["more"], true))).toMatchObject({ updated: 1 });
    expect(await lead(id)).toMatchObject({ tags: ["more"] });
  });
});

test("two works on the same two thousand leads at once are both done", async () => {
  const { work, rows, insert } = await world(MANY);
  const { number, id } = await insert("users", { name: "Rita", email: "r@acme.com" });
  const works = [statusOfLeads(2), assignmentOfLeads(Number(number))];
  const done = await Promise.all(works.map((one) => work(ALL, one)));
  expect(done).toMatchObject(works.map(() => ({ matched: MANY, updated: MANY })));
  expect(
    await rows(
      `select id from crm.leads_with_links
        where status = 'contacted' and assigned_to = $1`,
      id,
    ),
  ).toHaveLength(MANY);
});

test("a deleted lead takes along what is of it alone", async () => {
  const { work, create, rows, insert } = await world();
  const alone = await create();
  const known = await create({ email: "a@acme.com" });
  for (const { id: lead_id, contact_id } of [alone, known]) {
    await insert("activities", { type: "note", title: "N", lead_id, contact_id });
    await insert("tasks", { title: "T", lead_id, contact_id });
  }
  await insert("deals", { title: "D" });
  expect(await work(ALL, deletionOfLeads)).toMatchObject({ matched: 2, updated: 2 });
  for (const table of ["activities", "tasks"]) {
    expect(await rows(`select contact_id, lead_id from crm.${table}`))
      .toEqual([{ contact_id: known.contact_id, lead_id: null }]);
  }
});
