import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { linksIn } from "../support/links.ts";
import { createAll, everyPage, expectMistakes, variant } from "../support/records.ts";
import type { ResourceCase } from "../support/resource-case.ts";
import { RESOURCES } from "../support/resources.ts";
import { testWorkspace } from "../support/workspace.ts";

const MANY = 40;

async function workspaceWith(one: ResourceCase, many = MANY) {
  const workspace = await testWorkspace();
  const links = [await linksIn(workspace, "first"), await linksIn(workspace, "second")];
  const body = (i: number) => variant(one, i, links);
  const made = await createAll(workspace.api, one, Array.from({ length: many }, (_, i) => body(i)));
  return { ...workspace, body, made };
}

const ids = (records: readonly Json[]): string[] => records.map(({ id }) => id);

describe.each(RESOURCES)("$name", (one) => {
  const { resource, path, records } = one;
  const orders = Object.keys(resource.sorts).flatMap((sort) => [[sort, "asc"], [sort, "desc"]]);

  test.each(orders)(
    "cursors by %s %s give each record once while others are inserted",
    async (sort, order) => {
      const { api, body, made } = await workspaceWith(one);
      let next = MANY;
      const inserting: Promise<unknown>[] = [];
      const insert = () => api.post(path, body(next++));
      const seen = ids(
        await everyPage(
          api,
          records,
          `per_page=7&sort_by=${sort}&sort_order=${order}`,
          "cursor",
          async () => {
            expect((await insert()).status).toBe(201);
            if (next < MANY + 30) inserting.push(insert(), insert());
          },
        ),
      );
      await Promise.all(inserting);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(made));
    },
  );

  test("a record deleted between two pages moves no other", async () => {
    const { api, made } = await workspaceWith(one, 30);
    const first = (await api.get(`${records}?per_page=10`)).body.data;
    const last = first.items.at(-1);
    expect((await api.delete(`${records}?id=${last.id}`)).status).toBe(200);
    const rest = await api.get(
      `${records}?per_page=100&cursor=${first.pagination.next_cursor}`,
    );
    const seen = [...ids(first.items), ...ids(rest.body.data.items)];
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(made));
  });

  test("a cursor belongs to its list: its workspace, resource, filters, search and sort", async () => {
    const { api } = await workspaceWith(one, 30);
    const { api: other } = await testWorkspace();
    const page = (await api.get(`${records}?per_page=5`)).body.data.pagination;
    const after = (parameters: string, client = api, list = records) =>
      client.get(`${list}?per_page=5&cursor=${page.next_cursor}${parameters}`);
    expect((await after("")).status).toBe(200);
    expectMistakes(await after("&sort_order=asc"), ["cursor"]);
    expectMistakes(await after("&sort_by=created_at&search=x"), ["cursor"]);
    expectMistakes(await after("&page=2"), ["cursor"]);
    expectMistakes(await after("", other), ["cursor"]);
    const elsewhere = one.name === "companies" ? "v1-public-tasks" : "v1-public-companies";
    expectMistakes(await after("", api, elsewhere), ["cursor"]);
  });

  test.each([
    ["one word", "ökonom", true],
    ["another case", "ÖKONOM", true],
    ["the start of a word", "öko", true],
    ["words in another order", "100% ökonom", true],
    ["a per cent sign", "100%", true],
    ["an underscore", "_x", true],
    ["a backslash", "\\back", true],
    ["per cent signs as wildcards", "%%%z", false],
    ["an underscore as wildcard", "ök_nom", false],
    ["one word that is not there", "ökonom xyz", false],
  ])("searches by %s", async (_name, search, found) => {
    const { api } = await testWorkspace();
    const text = "Der Ökonom spart 100% a_x \\back";
    await api.post(path, { ...one.minimal, [one.searched]: "Nothing alike" });
    const { body } = await api.post(path, { ...one.minimal, [one.searched]: text });
    const list = await api.get(`${records}?search=${encodeURIComponent(search)}`);
    expect(list.status).toBe(200);
    expect(ids(list.body.data.items)).toEqual(found ? [body.data.id] : []);
    expect(list.body.data.pagination.total).toBe(found ? 1 : 0);
  });
});
