import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const BATCH = "v1-public-contacts-batch";

test("the spec's example creates both contacts", async () => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(BATCH, {
    contacts: [
      { email: "a@example.com", first_name: "Alice" },
      { email: "b@example.com", first_name: "Bob" },
    ],
    options: { stop_on_error: false },
  });
  expect(status).toBe(201);
  expect(body.data).toEqual({
    results: [
      { index: 0, status: "created", id: expect.any(String) },
      { index: 1, status: "created", id: expect.any(String) },
    ],
    summary: { total: 2, created: 2, updated: 0, unchanged: 0, deleted: 0, failed: 0, skipped: 0 },
  });
});

const MIXED = [
  { email: "a@example.com" },
  { email: "not an email" },
  { email: "b@example.com", fist_name: "B" },
  "not even an object",
  { email: "c@example.com" },
  { title: "Nobody" },
];

test("bad items fail with their fields and spoil no other: 207", async () => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(BATCH, { contacts: MIXED });
  expect([status, body.success]).toEqual([207, true]);
  expect(body.data.results.map((result: Json) => result.status))
    .toEqual(["created", "failed", "failed", "failed", "created", "failed"]);
  expect(body.data.results[1].error).toEqual({
    code: "VALIDATION_ERROR",
    message: expect.any(String),
    fields: [{ field: "email", message: expect.stringContaining("email address") }],
  });
  expect(body.data.results[2].error.fields).toEqual([
    { field: "fist_name", message: expect.stringContaining("first_name") },
  ]);
  expect(body.data.results[5].error.fields[0].message).toContain("At least one of");
  expect(body.data.summary).toMatchObject({
    total: 6,
    created: 2,
    updated: 0,
    failed: 4,
    skipped: 0,
  });
});

test("text that cannot be stored, odd numbers and odd objects fail their item alone", async () => {
  const { api } = await testWorkspace();
  const raw = `{"contacts":[{"email":"a@example.com"},{"first_name":"a\\u0000b"},
    {"email":"b@example.com","signal_strength":1e999},{"first_name":{"toString":null}},
    {"email":"c@example.com"}]}`;
  const { status, body } = await api.send("POST", BATCH, { raw });
  expect(status).toBe(207);
  expect(body.data.results.map((result: Json) => result.status))
    .toEqual(["created", "failed", "failed", "failed", "created"]);
  expect(body.data.results[1].error.fields[0].field).toBe("first_name");
});

test("stop_on_error keeps what came before and skips what follows", async () => {
  const { api, id } = await testWorkspace();
  const { status, body } = await api.post(BATCH, {
    contacts: MIXED,
    options: { stop_on_error: true },
  });
  expect(status).toBe(207);
  expect(body.data.results.map((result: Json) => result.status))
    .toEqual(["created", "failed", "skipped", "skipped", "skipped", "skipped"]);
  expect(await asOwner("select email from crm.contacts where workspace_id = $1", [id]))
    .toEqual([{ email: "a@example.com" }]);
});

test("400 when every item fails, with what each one lacks", async () => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(BATCH, { contacts: [{ email: "x" }, {}] });
  expect([status, body.error.code]).toEqual([400, "VALIDATION_ERROR"]);
  expect(body.error.details.results).toHaveLength(2);
  expect(body.error.details.summary).toMatchObject({ failed: 2, created: 0 });
});

test("items with one email act in order: the later one wins", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(BATCH, {
    contacts: [
      { email: "same@example.com", first_name: "First", title: "Boss", message: "one" },
      { email: "other@example.com" },
      { email: "SAME@example.com", first_name: "Second", message: "two" },
      { email: "same@example.com", title: null, company_name: "Acme" },
    ],
  });
  const { results } = body.data;
  expect(results.map((result: Json) => result.status)).toEqual([
    "created",
    "created",
    "updated",
    "updated",
  ]);
  expect(new Set([results[0].id, results[2].id, results[3].id]).size).toBe(1);
  const contact = (await api.get(`v1-public-contacts-crud?id=${results[0].id}`)).body.data;
  expect(contact).toMatchObject({ first_name: "Second", title: null });
  expect(contact.company_id).not.toBeNull();
});

test.each([
  ["no items", { contacts: [] }, "contacts"],
  ["101 items", { contacts: Array(101).fill({ email: "a@example.com" }) }, "contacts"],
  ["contacts missing", {}, "contacts"],
  ["contacts not a list", { contacts: { email: "a@example.com" } }, "contacts"],
  [
    "an unknown option",
    { contacts: [{ email: "a@b.co" }], options: { stop_on_eror: true } },
    "options.stop_on_eror",
  ],
  ["an option of the wrong type", {
    contacts: [{ email: "a@b.co" }],
    options: { stop_on_error: "yes" },
  }, "options.stop_on_error"],
])("refuses %s with 400", async (_name, batch, field) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(BATCH, batch);
  expect(status).toBe(400);
  expect(body.error.details.fields[0].field).toBe(field);
});

test("a batch counts once in the rate limit, its contacts in the daily cap", async () => {
  const { api, id } = await testWorkspace();
  const contacts = Array.from(
    { length: 100 },
    (_, i) => ({ email: `c${i}@example.com`, message: i < 3 ? "hi" : undefined }),
  );
  const { status, headers } = await api.post(BATCH, { contacts });
  expect([status, headers.get("x-ratelimit-remaining")]).toEqual([201, "99999"]);
  expect(
    await asOwner(
      `select sum(contacts)::int as contacts, sum(activities)::int as activities
        from crm.daily_usage where workspace_id = $1`,
      [id],
    ),
  )
    .toEqual([{ contacts: 100, activities: 3 }]);
});

test("a batch is refused from the item that would pass the daily cap", async () => {
  const { api } = await testWorkspace({ contacts_per_day: 2 });
  const contacts = ["a", "b", "a", "c", "b"].map((name) => ({ email: `${name}@example.com` }));
  const { status, body } = await api.post(BATCH, { contacts });
  expect(status).toBe(207);
  expect(body.data.results.map((result: Json) => result.status))
    .toEqual(["created", "created", "updated", "failed", "failed"]);
  expect(body.data.results[3].error).toMatchObject({
    code: "RATE_LIMIT_EXCEEDED",
    limit: "contacts_per_day",
  });
  const again = await api.post(BATCH, {
    contacts: [{ email: "d@example.com" }, { email: "a@example.com" }],
  });
  expect([again.status, again.body.error.code]).toEqual([429, "RATE_LIMIT_EXCEEDED"]);
  expect(again.body.error.details.limit).toBe("contacts_per_day");
  expect(Number(again.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await api.post(BATCH, { contacts: [{ email: "a@example.com" }] })).status).toBe(201);
});

test("a single ingest past a daily cap is refused whole, an update is not", async () => {
  const { api, id } = await testWorkspace({ contacts_per_day: 1, activities_per_day: 1 });
  const post = (body: object) => api.post("v1-public-contacts", body);
  expect((await post({ email: "a@example.com", message: "hi" })).status).toBe(201);
  const contacts = await post({ email: "b@example.com" });
  expect([contacts.status, contacts.body.error.details]).toEqual([429, {
    limit: "contacts_per_day",
  }]);
  const activities = await post({ email: "a@example.com", title: "T", message: "again" });
  expect([activities.status, activities.body.error.details]).toEqual([429, {
    limit: "activities_per_day",
  }]);
  expect(Number(activities.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await post({ email: "a@example.com", first_name: "A" })).status).toBe(200);
  expect(await asOwner("select title from crm.contacts where workspace_id = $1", [id])).toEqual([{
    title: null,
  }]);
});
