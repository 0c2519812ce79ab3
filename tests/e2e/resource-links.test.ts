import { describe, expect, test } from "vitest";
import { besides } from "../support/as-role.ts";
import { deleteLinked, idOf, type Link, LINKED_TABLES, linksIn } from "../support/links.ts";
import { expectMistakes, NOBODY } from "../support/records.ts";
import type { ResourceCase } from "../support/resource-case.ts";
import { RESOURCES } from "../support/resources.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

interface LinkCase {
  one: ResourceCase;
  link: Link;
  /** Whether a request gives the link by its id. */
  given: boolean;
}

/** Every link of every resource, from the answer's schema. */
const LINKS: LinkCase[] = RESOURCES.flatMap((one) =>
  Object.keys(one.resource.schema.shape)
    .filter((field) => field.endsWith("_id") || field === "assigned_to")
    .map((field) => ({
      one,
      link: field as Link,
      given: Object.hasOwn(one.resource.create.shape, field),
    }))
);

test("every foreign key of the tables is one of these links", async () => {
  const keys = await asOwner<{ resource: string; link: string }>(
    `select split_part(conrelid::regclass::text, '.', 2) as resource, attname::text as link
     from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
     where contype = 'f' and attname <> 'workspace_id' and conrelid::regclass::text = any ($1)`,
    [RESOURCES.map(({ resource }) => resource.table)],
  );
  const known = LINKS.map(({ one, link }) => `${one.name}.${link}`);
  // A deal's stage is told by its name; the table's trigger keeps the link.
  known.push("deals.stage_id");
  // Of people and their companies the CRM HTTP API knows more.
  known.push("activities.user_id", "companies.owner_id", "tasks.user_id");
  // And LIO of the leads that notes, follow-ups and deals are of.
  known.push("activities.lead_id", "deals.lead_id", "tasks.lead_id");
  expect(keys.map(({ resource, link }) => `${resource}.${link}`).toSorted())
    .toEqual(known.toSorted());
});

describe.each(LINKS)("$one.name.$link", ({ one, link }) => {
  const { path, records } = one;

  test("is cleared when the record it points to is deleted, and the rest stays", async () => {
    const workspace = await testWorkspace();
    const links = await linksIn(workspace);
    const { body } = await workspace.api.post(path, one.full(links));
    expect(body.data[link]).toBe(links[link]);
    await deleteLinked(workspace, link, links[link]);
    const { status, body: after } = await workspace.api.get(`${records}?id=${body.data.id}`);
    expect(status).toBe(200);
    const { unmatched: _, ...stored } = body.data;
    expect({ ...after.data, updated_at: 0 }).toEqual({ ...stored, [link]: null, updated_at: 0 });
  });
});

describe.each(LINKS.filter(({ given }) => given))("$one.name.$link", ({ one, link }) => {
  const { path, records, minimal, resource } = one;

  test("to another workspace's record is refused like one to none", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    const foreign = (await linksIn(theirs))[link];
    const url = `${records}?id=${idOf(await mine.api.post(path, minimal))}`;
    const before = (await mine.api.get(url)).body.data;
    const requests = [foreign, NOBODY].flatMap((id) => {
      const creating = () => mine.api.post(path, { ...minimal, [link]: id });
      const changing = () => mine.api.patch(url, { [link]: id });
      return resource.update ? [creating, changing] : [creating];
    });
    const texts = new Set<string>();
    for (const send of requests) {
      for (const text of expectMistakes(await send(), [link])) texts.add(text);
    }
    expect(texts.size).toBe(1);
    expect([...texts][0]).toMatch(/^No \w+ with this id\.$/);
    expect((await mine.api.get(url)).body.data).toEqual(before);
    const { body } = await mine.api.get(records);
    expect(body.data.pagination.total).toBe(1);
  });

  test("to a record that is deleted meanwhile is refused like one to none", async () => {
    const workspace = await testWorkspace();
    const { api } = workspace;
    const id = idOf(await api.post(path, minimal));
    const sends = [(given: object) => api.post(path, { ...minimal, ...given })];
    if (resource.update) sends.push((given) => api.patch(`${records}?id=${id}`, given));
    for (const [n, send] of sends.entries()) {
      const linked = (await linksIn(workspace, `linked-${n}`))[link];
      const deletion = `delete from ${LINKED_TABLES[link]} where id = $1`;
      const refused = await besides(
        workspace.id,
        [deletion, linked],
        () => send({ [link]: linked }),
      );
      expectMistakes(refused, [link]);
    }
  });

  test("to an id that is not a UUID is refused", async () => {
    const { api } = await testWorkspace();
    for (const id of ["42", `${NOBODY}0`]) {
      expectMistakes(await api.post(path, { ...minimal, [link]: id }), [link]);
    }
  });

  test("takes an id in any case and answers it in lower case", async () => {
    const workspace = await testWorkspace();
    const links = await linksIn(workspace);
    const given = { ...minimal, [link]: links[link].toUpperCase() };
    const { status, body } = await workspace.api.post(path, given);
    expect([status, body.data[link]]).toEqual([201, links[link]]);
  });
});

test("two wrong links of one request: one is named, and nothing is written", async () => {
  const { api } = await testWorkspace();
  const given = { title: "T", company_id: NOBODY, contact_id: NOBODY };
  const { status, body } = await api.post("v1-public-tasks", given);
  expect(status).toBe(400);
  expect(["company_id", "contact_id"]).toContain(body.error.details.fields[0].field);
  expect((await api.get("v1-public-tasks")).body.data.items).toEqual([]);
});
