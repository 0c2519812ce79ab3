import { beforeAll, describe, expect, test } from "vitest";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { filterCheck, type Sort } from "../../shared/crm/resource.ts";
import type { Json } from "../support/api-client.ts";
import { linksIn } from "../support/links.ts";
import { createAll, everyPage, expectMistakes, expectRecord, variant } from "../support/records.ts";
import type { ResourceCase } from "../support/resource-case.ts";
import { RESOURCES } from "../support/resources.ts";
import { type TestWorkspace, testWorkspace } from "../support/workspace.ts";

await loadRegistries();

const MANY = 90;

interface Filled {
  workspace: TestWorkspace;
  /** As every list should give them, in no order that matters. */
  all: Json[];
}

async function filled(one: ResourceCase): Promise<Filled> {
  const workspace = await testWorkspace();
  const links = [await linksIn(workspace, "first"), await linksIn(workspace, "second")];
  const { api } = workspace;
  const known = (await api.get(one.records)).body.data.pagination.total;
  const bodies = Array.from({ length: MANY }, (_, i) => variant(one, i, links));
  await createAll(api, one, bodies);
  const all = await everyPage(api, one.records, "per_page=100", "page");
  expect(all).toHaveLength(known + MANY);
  return { workspace, all };
}

/** Compares two values that are not null as a sort of this type does. */
function comparison(one: ResourceCase, sort: string): (a: Json, b: Json) => number {
  const byCode = (a: Json, b: Json) => a < b ? -1 : Number(a > b);
  const { column, type } = one.resource.sorts[sort] as Sort;
  if (["value_key", "total_key"].includes(column)) return (a, b) => a - b;
  if (type === "text") return new Intl.Collator("und").compare;
  if (type !== "smallint") return byCode;
  const { options } = one.resource.schema.shape[sort] as Json;
  return (a, b) => options.indexOf(a) - options.indexOf(b);
}

const ids = (records: readonly Json[]) => records.map(({ id }) => id);

describe.each(RESOURCES)("$name", (one) => {
  const { resource, records } = one;
  const { sorts, filters } = resource;
  let workspace: TestWorkspace;
  let all: Json[];

  beforeAll(async () => {
    ({ workspace, all } = await filled(one));
  });

  test("the default is the newest 25, with the spec's pagination", async () => {
    const { body } = await workspace.api.get(records);
    expect(body.data.pagination).toEqual({
      page: 1,
      per_page: 25,
      total: all.length,
      total_pages: Math.ceil(all.length / 25),
      next_cursor: expect.any(String),
    });
    expect(body.data.items).toEqual(all.slice(0, 25));
    for (const record of body.data.items) expectRecord(resource, record);
    const explicit = await workspace.api.get(
      `${records}?page=1&per_page=25&sort_by=created_at&sort_order=desc`,
    );
    expect(explicit.body.data.items).toEqual(body.data.items);
    const past = await workspace.api.get(`${records}?page=900&per_page=100`);
    expect(past.body.data).toMatchObject({ items: [], pagination: { total: all.length } });
    const { api: empty } = await testWorkspace();
    expect((await empty.get(records)).body.data).toEqual({
      items: [],
      pagination: { page: 1, per_page: 25, total: 0, total_pages: 0, next_cursor: null },
    });
  });

  test.each(Object.keys(sorts))("sort by %s: one order, each record once", async (sort) => {
    const { api } = workspace;
    const list = (order: string, step: "page" | "cursor") =>
      everyPage(api, records, `per_page=17&sort_by=${sort}&sort_order=${order}`, step);
    const ascending = await list("asc", "page");
    expect(ids(ascending).toSorted()).toEqual(ids(all).toSorted());
    expect(await list("asc", "cursor")).toEqual(ascending);
    expect(await list("desc", "page")).toEqual(ascending.toReversed());
    expect(await list("desc", "cursor")).toEqual(ascending.toReversed());
    const values = ascending.map((record) => record[sort]);
    const given = values.filter((value) => value !== null);
    expect(given).toEqual(given.toSorted(comparison(one, sort)));
    const nulls = values.length - given.length;
    const ends = [values.slice(0, nulls), values.slice(values.length - nulls)];
    expect(ends.some((end) => end.every((value) => value === null))).toBe(true);
  });

  test("each filter gives the records with its value, and no others", async () => {
    for (const filter of filters) {
      const values = new Set(all.map((record) => record[filter]).filter((value) => value !== null));
      expect(values.size, filter).toBeGreaterThan(1);
      for (const value of [...values].slice(0, 5)) {
        const query = `per_page=100&${filter}=${encodeURIComponent(value)}`;
        const found = await everyPage(workspace.api, records, query, "cursor");
        expect(found).toEqual(all.filter((record) => record[filter] === value));
      }
    }
  });

  test("filters combine with each other, with search, sort and pages", async () => {
    const names = filters;
    const complete = all.filter((record) => names.every((name) => record[name] !== null));
    expect(complete.length).toBeGreaterThan(0);
    for (const [i, first] of names.entries()) {
      for (const second of names.slice(i + 1)) {
        const [{ [first]: a, [second]: b }] = complete as [Json];
        const query = `${first}=${encodeURIComponent(a)}&${second}=${encodeURIComponent(b)}`;
        const found = await everyPage(workspace.api, records, `per_page=7&${query}`, "page");
        expect(found).toEqual(
          all.filter((record) => record[first] === a && record[second] === b),
        );
      }
    }
    const [wanted] = complete as [Json];
    const every = names.map((name) => `${name}=${encodeURIComponent(wanted[name])}`).join("&");
    const search = encodeURIComponent(wanted[one.searched] ?? "");
    const [sort] = Object.keys(sorts).slice(-1);
    const query = `${every}&search=${search}&sort_by=${sort}&sort_order=asc&per_page=3`;
    const found = await everyPage(workspace.api, records, query, "cursor");
    expect(found.map(({ id }) => id)).toContain(wanted.id);
    const matching = all.filter((record) => names.every((name) => record[name] === wanted[name]));
    expect(ids(matching)).toEqual(expect.arrayContaining(ids(found)));
  });

  const texts = filters.filter((name) => filterCheck(one.resource, name).safeParse("zzz").success);
  const formats = filters.filter((name) => !texts.includes(name));

  test("a filter that no record matches gives nothing; a malformed one is named", async () => {
    for (const filter of texts) {
      const { body } = await workspace.api.get(`${records}?${filter}=zzz`);
      expect(body.data).toMatchObject({ items: [], pagination: { total: 0, total_pages: 0 } });
    }
    for (const filter of formats) {
      expectMistakes(await workspace.api.get(`${records}?${filter}=zzz`), [filter]);
    }
  });

  test("filters, search and totals see nothing of another workspace", async () => {
    const { api: other } = await testWorkspace();
    for (const filter of filters) {
      const { [filter]: value } = all.find((record) => record[filter] !== null);
      const { body } = await other.get(`${records}?${filter}=${encodeURIComponent(value)}`);
      expect(body.data).toMatchObject({ items: [], pagination: { total: 0 } });
    }
    const searched = all.find((record) => record[one.searched])[one.searched];
    const { body } = await other.get(`${records}?search=${encodeURIComponent(searched)}`);
    expect(body.data).toMatchObject({ items: [], pagination: { total: 0 } });
  });

  test.each([
    ["page=0", "page"],
    ["per_page=101", "per_page"],
    ["per_page=0", "per_page"],
    ["sort_by=id", "sort_by"],
    ["sort_order=up", "sort_order"],
    ["serach=x", "serach"],
    ["search=%00", "search"],
    ["cursor=nonsense", "cursor"],
    ["dry_run=true", "dry_run"],
    ["workspace_id=x", "workspace_id"],
  ])("refuses ?%s naming the parameter", async (query, field) => {
    expectMistakes(await workspace.api.get(`${records}?${query}`), [field]);
  });
});
