import { expect, test } from "vitest";
import * as z from "zod";
import { leads, leadTags } from "../../shared/crm/leads.ts";
import type { Condition } from "../../shared/crm/lists/conditions.ts";
import { List } from "../../shared/crm/lists/list.ts";
import { pipelines } from "../../shared/crm/pipelines.ts";
import { stages } from "../../shared/crm/stages.ts";
import { users } from "../../shared/crm/users.ts";
import { column, json, linked, lookup, number } from "../../shared/crm/views/codecs.ts";
import { linkedIds, shownRecord, writeThenSelect } from "../../shared/crm/views/statements.ts";
import { given, view } from "../../shared/crm/views/view.ts";
import { sql } from "../../shared/db/sql.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const lead = view(leads, {
  id: number(),
  first_name: column(),
  email: column(),
  lead_score: column("score"),
  pipeline_id: linked(pipelines),
  pipeline_stage_id: linked(stages, "stage_id"),
  assigned_user_id: linked(users, "assigned_to"),
  custom_fields: json(),
  tags: lookup(
    () => z.array(z.string()),
    (of) =>
      sql`select coalesce(json_agg(t.name order by t.name), '[]') from crm.lead_tags lt
      join crm.tags t on t.workspace_id = lt.workspace_id and t.id = lt.tag_id
      where lt.lead_id = ${of("id")}`,
  ),
});

async function world() {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  const claims = claimsOf(id);
  const make = async (values: object, tags: string[] = []) => {
    const { columns, links } = given(lead, { ...values });
    const fields = JSON.stringify({ ...columns, tags });
    const query = sql`select id from app.create_lead(${fields}::jsonb || ${linkedIds(links)})`;
    const rows = (await database.write(claims, writeThenSelect(lead, query))).at(-1);
    return z.strictObject(lead.schema.shape).parse(JSON.parse(shownRecord(lead, 0, rows).text));
  };
  const list = async (conditions: Condition[], search = "") => {
    const request = { view: lead, conditions, search, sort: "lead_score", order: "asc" as const };
    const asked = new List(id, { ...request, size: 10, from: 1 });
    const [rows] = await database.read(claims, [asked.statement()]);
    const { items, total } = asked.page(rows!);
    return { names: items.map((text) => JSON.parse(text).first_name), total };
  };
  return { id, make, list };
}

test("a lead is made of a view's fields and shown with its tags and numbers", async () => {
  const { id, make } = await world();
  const [stage] = await asOwner<{ number: number; pipeline: number }>(
    `select s.number::int, p.number::int as pipeline from crm.stages s
      join crm.pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
      where s.workspace_id = $1 and s.name = 'Qualified'`,
    [id],
  );
  const values = { first_name: "Zoë", lead_score: 7, pipeline_stage_id: stage!.number };
  expect(await make(values, ["hot", "Enterprise"])).toEqual({
    ...values,
    id: expect.any(Number),
    email: null,
    pipeline_id: stage!.pipeline,
    assigned_user_id: null,
    custom_fields: {},
    tags: ["Enterprise", "hot"],
  });
});

test("leads are listed by tag in any case, starred, stage and words, with true totals", async () => {
  const { make, list } = await world();
  const [ann] = [await make({ first_name: "Ann", lead_score: 3 }, ["hot", "new"])];
  await make({ first_name: "Bob", lead_score: 2, email: "bob@acme.com" }, ["HOT"]);
  await make({ first_name: "Cyd", lead_score: 1 }, ["cold"]);
  const tag = (value: string): Condition => ({ is: "member", of: leadTags, value });
  const stage = (value: number): Condition => ({
    is: "numbered",
    column: "stage_id",
    table: "crm.stages",
    value,
  });
  const starred: Condition = { is: "equal", column: "starred", value: "false" };
  expect(await list([tag("Hot")])).toEqual({ names: ["Bob", "Ann"], total: 2 });
  expect(await list([tag("new"), starred])).toEqual({ names: ["Ann"], total: 1 });
  expect(await list([tag("h%")])).toEqual({ names: [], total: 0 });
  expect(await list([stage(Number(ann!.pipeline_stage_id))]))
    .toEqual({ names: ["Cyd", "Bob", "Ann"], total: 3 });
  expect(await list([tag("hot")], "ACME bob")).toEqual({ names: ["Bob"], total: 1 });
});
