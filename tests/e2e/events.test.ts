import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { contactIn, FEED, feedWorld, readAll } from "../support/feed-world.ts";
import { fillWorkspace } from "../support/tenant-tables.ts";
import { asOwner } from "../support/workspace.ts";

describe("an event", () => {
  test("tells a record as the API does, what changed, who did it and by which request", async () => {
    const { api, id, latest } = await feedWorld();
    const contact = await contactIn(api);
    const headers = { "x-request-id": "change-42" };
    const path = `v1-public-contacts-crud?id=${contact.id}`;
    const changed = await api.patch(path, { title: "CEO", phone: "+14155550123" }, headers);
    const { body } = await api.get(`${FEED}?since=${latest}`);
    const [created, updated, ...more] = body.data;
    expect(more).toEqual([]);
    const [key] = await asOwner("select id from crm.api_keys where workspace_id = $1", [id]);
    const before = Object.fromEntries(
      Object.keys(changed.body.data).map((name) => [name, contact[name]]),
    );
    expect(created).toEqual({
      id: expect.any(String),
      sequence: expect.any(Number),
      type: "contact.created",
      record_id: contact.id,
      at: contact.created_at,
      before: null,
      after: before,
      changed: [],
      actor: { kind: "key", id: key!.id },
      cause: null,
      request_id: expect.any(String),
    });
    expect(updated).toMatchObject({
      type: "contact.updated",
      record_id: contact.id,
      before,
      after: changed.body.data,
      changed: ["phone", "title"],
      request_id: "change-42",
    });
    await api.delete(path);
    const next = await api.get(`${FEED}?since=${body.meta.next_cursor}`);
    expect(next.body.data).toMatchObject([
      { type: "contact.deleted", before: changed.body.data, after: null, changed: [] },
    ]);
  });

  test.each([
    ["companies", { name: "Acme", domain: "acme.com" }],
    ["deals", { title: "Licence", value: 12345678901.99 }],
    ["tasks", { title: "Call", due_date: "2026-03-01" }],
    ["invoices", { line_items: [{ description: "A", quantity: 1.5, unit_price: 0.1 }] }],
    ["activities", { type: "note", title: "Hello", data: { deep: { er: ["ünï", 1.5] } } }],
  ])("of %s has the record as it was answered, digit for digit", async (name, body) => {
    const { api, latest } = await feedWorld();
    const made = await api.post(`v1-public-${name}`, body);
    const page = await api.get(`${FEED}?since=${latest}`);
    const event = (page.body.data as Json[]).find(({ record_id }) =>
      record_id === made.body.data.id
    );
    const { unmatched: _, ...record } = made.body.data;
    expect(event.after).toEqual(record);
    expect(Object.keys(event.after)).toEqual(Object.keys(record));
  });

  test("of each kind of record is told, without what is internal", async () => {
    const { api, id } = await feedWorld();
    await fillWorkspace(id);
    await asOwner("delete from crm.leads where workspace_id = $1", [id]);
    const all = await readAll(api, "");
    const types = new Set(all.map(({ type }) => type));
    const kinds = [
      "activity",
      "automation",
      "call",
      "company",
      "company_membership",
      "contact",
      "deal",
    ]
      .concat("document")
      .concat("form", "form_submission", "intent_signal", "invoice", "lead", "lead_tag")
      .concat("meeting", "outreach_step", "pipeline", "stage", "tag", "target_account")
      .concat("target_account_contact", "task", "user");
    expect([...types].filter((type) => type.endsWith(".created")).sort())
      .toEqual(kinds.map((kind) => `${kind}.created`));
    expect(types).toContain("lead.deleted");
    const columns = new Set(all.flatMap(({ after }) => Object.keys(after ?? {})));
    const internal = [...columns].filter((name) =>
      /_key$|^search|^number$|password|hash|secret|^workspace_id$|rank$/.test(name)
    );
    expect(internal).toEqual([]);
  });

  test("is none for an update of what the API does not tell of a user", async () => {
    const { api, id, latest } = await feedWorld();
    await asOwner("insert into crm.users (workspace_id, name, email) values ($1, 'U', 'u@x.com')", [
      id,
    ]);
    await asOwner("update crm.users set last_sign_in_at = now() where workspace_id = $1", [id]);
    await asOwner("update crm.users set name = 'V' where workspace_id = $1", [id]);
    const { body } = await api.get(`${FEED}?since=${latest}`);
    expect(body.data.map(({ type, changed }: Json) => [type, changed])).toEqual([
      ["user.created", []],
      ["user.updated", ["name"]],
    ]);
    expect(Object.keys(body.data[0].after)).toEqual([
      "id",
      "name",
      "email",
      "created_at",
      "updated_at",
    ]);
  });
});

describe("pages", () => {
  test("follow each other without a gap, whatever their size, and end with a cursor to ask again", async () => {
    const { api, latest } = await feedWorld();
    for (let i = 0; i < 7; i++) await contactIn(api, `c${i}@example.com`);
    const whole = await api.get(`${FEED}?since=${latest}`);
    expect(whole.body.meta).toMatchObject({
      next_cursor: whole.body.data.at(-1).id,
      has_more: false,
    });
    for (const limit of [1, 2, 3, 7, 8]) {
      expect(await readAll(api, `limit=${limit}&types=contact.*`)).toEqual(whole.body.data);
    }
    const full = await api.get(`${FEED}?since=${latest}&limit=7`);
    expect([full.body.data.length, full.body.meta.has_more]).toEqual([7, false]);
    const { next_cursor } = whole.body.meta;
    const empty = await api.get(`${FEED}?since=${next_cursor}`);
    expect(empty.body).toMatchObject({ data: [], meta: { next_cursor, has_more: false } });
    const behind = await api.get(`${FEED}?since=${whole.body.data[4].id}`);
    expect(behind.body.data).toEqual(whole.body.data.slice(5));
  });

  test("end early once they have 2 MB", async () => {
    const { api, id, latest } = await feedWorld();
    await asOwner(
      `insert into crm.activities (workspace_id, type, description)
        select $1, 'note', repeat('x', 400000) from generate_series(1, 12)`,
      [id],
    );
    const page = await api.get(`${FEED}?since=${latest}`);
    expect(page.body.data.length).toBe(6);
    expect(page.body.meta.has_more).toBe(true);
    expect(await readAll(api, "types=activity.created")).toHaveLength(12);
  });

  test("of rare types are found by looking at so many events at a time", async () => {
    const { api, id, latest } = await feedWorld();
    await asOwner(
      `insert into crm.tags (workspace_id, name) select $1, n::text from generate_series(1, 4500) n`,
      [id],
    );
    const contact = await contactIn(api);
    const first = await api.get(`${FEED}?since=${latest}&types=contact.created`);
    expect(first.body).toMatchObject({ data: [], meta: { has_more: true } });
    expect(first.body.meta.next_cursor).not.toBe(latest);
    const found = await readAll(api, "types=contact.created");
    expect(found.map(({ record_id }) => record_id)).toEqual([contact.id]);
  });

  test("have the types that are asked for", async () => {
    const { api, latest } = await feedWorld();
    const contact = await contactIn(api);
    await api.patch(`v1-public-contacts-crud?id=${contact.id}`, { title: "CEO" });
    await api.post("v1-public-companies", { name: "Acme" });
    const of = async (types: string) =>
      (await api.get(`${FEED}?since=${latest}&types=${types}`)).body.data.map(({ type }: Json) =>
        type
      );
    expect(await of("contact.updated")).toEqual(["contact.updated"]);
    expect(await of("contact.*")).toEqual(["contact.created", "contact.updated"]);
    expect(await of("company.created, contact.created")).toEqual([
      "contact.created",
      "company.created",
    ]);
    expect(await of("company.created,company.*,deal.*")).toEqual(["company.created"]);
    expect(await of("")).toHaveLength(3);
  });
});
