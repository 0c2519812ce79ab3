import { describe, expect, test } from "vitest";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { linksIn } from "../support/links.ts";
import { expectMistakes, expectRecord, isNullable, isRequired } from "../support/records.ts";
import type { Body, ResourceCase } from "../support/resource-case.ts";
import { RESOURCES } from "../support/resources.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

await loadRegistries();

const UNUSED = {
  company_id: "",
  contact_id: "",
  deal_id: "",
  assigned_to: "",
  pipeline_id: "",
  email: "",
  domain: "",
};

/** Values that are of another JSON type than the right one. */
function wrongTypes(right: unknown): unknown[] {
  const all: unknown[] = ["text", 42, true, ["text"], { ref: "x" }];
  const kind = (value: unknown) => Array.isArray(value) ? "array" : typeof value;
  return all.filter((value) => kind(value) !== kind(right));
}

/** Texts that are easily damaged on their way; short, and without blanks at either end. */
const TEXTS = [
  "👩‍👩‍👧‍👦 Zoë O’Neill 🇺🇳",
  "محمد \u202bعلي\u202c שלום",
  "a\nb\tc\u0001d\r\ne",
  "e\u0301 is not é, ﬁ is not fi",
  "'; drop table crm.deals; --",
  '<b>"&amp;\\u0000\\ %s {{7*7}} ${x}',
  "null",
  "x\ufeffbom\u200b\u00a0x",
  "𝕳𝖊𝖑𝖑𝖔 \u{10ffff}",
];

function textFields({ resource, full }: ResourceCase): string[] {
  return Object.entries(resource.create.shape).filter(([field, schema]) =>
    typeof full(UNUSED)[field] === "string" && TEXTS.every((text) => schema.safeParse(text).success)
  ).map(([field]) => field);
}

describe.each(RESOURCES)("$name", (one) => {
  const { resource, path, records, minimal } = one;
  const { shape } = resource.create;

  test.each(["example", "full", "other"] as const)(
    "the %s is created with every field and is read back as answered",
    async (which) => {
      const workspace = await testWorkspace();
      const links = await linksIn(workspace);
      const given = one[which](links);
      const { status, body, text } = await workspace.api.post(path, given);
      expect(status, text).toBe(201);
      const { unmatched, ...stored } = body.data;
      expect(stored).toMatchObject(one.answered?.(given, links) ?? given);
      expect(unmatched ?? []).toEqual([]);
      expectRecord(resource, stored);
      const read = await workspace.api.get(`${records}?id=${stored.id.toUpperCase()}`);
      expect([read.status, read.body.data]).toEqual([200, stored]);
    },
  );

  test("the samples give every field, so that every test that uses them covers all", () => {
    expect(Object.keys(one.full(UNUSED)).toSorted()).toEqual(Object.keys(shape).toSorted());
    expect(Object.keys(one.other(UNUSED)).toSorted()).toEqual(Object.keys(shape).toSorted());
  });

  test("only what is required is enough; each required field is", async () => {
    const { api } = await testWorkspace();
    const { status, body } = await api.post(path, minimal);
    expect(status).toBe(201);
    expect(body.data).toMatchObject(minimal);
    const required = Object.keys(shape).filter((field) => isRequired(one, field));
    expect(Object.keys(minimal)).toEqual(required);
    for (const field of required) {
      const { [field]: _, ...rest } = minimal;
      expectMistakes(await api.post(path, rest), [field]);
      expectMistakes(await api.post(path, { ...minimal, [field]: null }), [field]);
    }
  });

  test("names an unknown field with the nearest known one", async () => {
    const { api } = await testWorkspace();
    const [known] = Object.keys(shape);
    const mistyped = `${known}x`;
    const messages = expectMistakes(
      await api.post(path, { ...minimal, [mistyped]: 1, id: null, workspace_id: "x" }),
      [mistyped, "id", "workspace_id"],
    );
    expect(messages.join()).toContain(`did you mean ${known}?`);
  });

  test("refuses query parameters that a create does not know", async () => {
    const { api } = await testWorkspace();
    expectMistakes(await api.post(`${path}?dryrun=true&id=1`, minimal), ["dryrun", "id"]);
  });

  test.each(Object.keys(shape))("names %s when its type is wrong", async (field) => {
    const { api } = await testWorkspace();
    for (const wrong of wrongTypes(one.full(UNUSED)[field])) {
      const response = await api.post(path, { ...minimal, [field]: wrong });
      expect(response.status, JSON.stringify(wrong)).toBe(400);
      const fields = response.body.error.details.fields.map((mistake: Body) => mistake.field);
      for (const named of fields) expect(named.split(/[.[]/)[0]).toBe(field);
    }
    const nulled = await api.post(path, { ...minimal, [field]: null });
    expect(nulled.status).toBe(isNullable(shape, field) ? 201 : 400);
  });

  test("stores text exactly as given, in every text field", async () => {
    const { api } = await testWorkspace();
    const fields = textFields(one);
    expect(fields).toContain(one.searched);
    for (const [index, text] of TEXTS.entries()) {
      const given = Object.fromEntries(fields.map((field) => [field, text]));
      const { status, body } = await api.post(path, { ...minimal, ...given });
      expect([index, status]).toEqual([index, 201]);
      const read = await api.get(`${records}?id=${body.data.id}`);
      expect(read.body.data).toMatchObject(given);
    }
  });

  test("text of more characters than a field takes is refused, and NUL", async () => {
    const { api } = await testWorkspace();
    for (const field of textFields(one)) {
      const long = await api.post(path, { ...minimal, [field]: "x".repeat(40_000) });
      if (field !== "description" || one.name !== "activities") expectMistakes(long, [field]);
      expectMistakes(await api.post(path, { ...minimal, [field]: "a\0b" }), [field]);
      expectMistakes(await api.post(path, { ...minimal, [field]: "\ud800" }), [field]);
    }
  });

  test("20 parallel creates with one idempotency key make one record", async () => {
    const workspace = await testWorkspace();
    const headers = { "idempotency-key": "once" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => workspace.api.post(path, minimal, headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const [{ made }] = await asOwner<{ made: number }>(
      `select count(*)::int as made from ${resource.table} where workspace_id = $1`,
      [workspace.id],
    ) as [{ made: number }];
    expect(made).toBe(1);
    const { body } = await workspace.api.get(records);
    expect(body.data.pagination.total).toBe(1);
    const changed = { ...minimal, [one.searched]: "Another" };
    expect((await workspace.api.post(path, changed, headers)).status).toBe(409);
  });
});
