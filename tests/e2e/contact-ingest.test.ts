import { expect, test } from "vitest";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const JOHN = {
  first_name: "John",
  last_name: "Doe",
  email: "john.doe@example.com",
  phone: "+1-555-123-4567",
  title: "Product Manager",
  company_name: "Acme Inc",
  company_domain: "acme.com",
  source: "website_form",
  signal_strength: 75,
  message: "Interested in your enterprise plan",
};

test("the spec's example creates a contact, its company and a note; the same again updates", async () => {
  const { api, id } = await testWorkspace();
  const first = await api.post("v1-public-contacts", JOHN);
  expect(first.status).toBe(201);
  expect(first.body).toEqual({
    success: true,
    data: {
      id: expect.stringMatching(UUID),
      first_name: "John",
      last_name: "Doe",
      email: "john.doe@example.com",
      phone: "+15551234567",
      title: "Product Manager",
      company_id: expect.stringMatching(UUID),
      source: "website_form",
      status: "active",
      signal_strength: 75,
      created_at: expect.stringMatching(TIMESTAMP),
      updated_at: expect.stringMatching(TIMESTAMP),
      created: true,
      company: {
        id: first.body.data.company_id,
        name: "Acme Inc",
        domain: "acme.com",
        created: true,
      },
      matched_by: null,
    },
    meta: {
      request_id: first.headers.get("x-request-id"),
      api_version: "1",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    },
  });
  const second = await api.post("v1-public-contacts", JOHN);
  expect(second.status).toBe(200);
  expect(second.body.data).toMatchObject({
    id: first.body.data.id,
    created: false,
    matched_by: "email",
    company: { id: first.body.data.company_id, created: false },
  });
  const notes = await asOwner(
    "select type, description, contact_id, company_id, data from crm.activities where workspace_id = $1",
    [id],
  );
  expect(notes).toEqual(
    Array(2).fill({
      type: "note",
      description: JOHN.message,
      contact_id: first.body.data.id,
      company_id: first.body.data.company_id,
      data: { source: "website_form" },
    }),
  );
});

test("given fields overwrite, absent fields stay, null clears", async () => {
  const { api } = await testWorkspace();
  await api.post("v1-public-contacts", JOHN);
  const { body } = await api.post("v1-public-contacts", {
    email: "JOHN.DOE@Example.com ",
    title: null,
    first_name: "Johnny",
    company_name: null,
  });
  expect(body.data).toMatchObject({
    email: "john.doe@example.com",
    first_name: "Johnny",
    last_name: "Doe",
    title: null,
    company_id: null,
    company: null,
    signal_strength: 75,
  });
});

test("a company is found by domain, then by name whatever its case, else created", async () => {
  const { api } = await testWorkspace();
  const ingest = async (email: string, company: object) => {
    const { body } = await api.post("v1-public-contacts", { email, ...company });
    return body.data.company;
  };
  const acme = await ingest("a@x.com", { company_name: "Acme" });
  expect(acme).toMatchObject({ name: "Acme", domain: null, created: true });
  expect(
    await ingest("b@x.com", { company_name: "ACME", company_domain: "https://www.Acme.com/x" }),
  )
    .toEqual({ ...acme, domain: "acme.com", created: false });
  expect(await ingest("c@x.com", { company_name: "Other name", company_domain: "acme.com" }))
    .toMatchObject({ id: acme.id, name: "Acme", created: false });
  expect(await ingest("d@x.com", { company_domain: "new.example" }))
    .toMatchObject({ name: "new.example", domain: "new.example", created: true });
  expect(await ingest("e@x.com", { company_name: "Ümlaut GmbH" })).toMatchObject({ created: true });
  expect(await ingest("f@x.com", { company_name: "ümlaut gmbh" })).toMatchObject({
    created: false,
  });
});

test.each([
  [{ phone: "+49 30 901820" }, "+4930901820"],
  [{ first_name: "Only" }, null],
  [{ last_name: "Only" }, null],
])("a contact without an email is always new: %o", async (person, phone) => {
  const { api } = await testWorkspace();
  const first = await api.post("v1-public-contacts", person);
  const second = await api.post("v1-public-contacts", person);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(first.body.data).toMatchObject({ email: null, phone });
  expect(second.body.data.id).not.toBe(first.body.data.id);
});

test.each([
  "Zoë 👩‍👩‍👧‍👦 O’Neill",
  "محمد \u202bعلي\u202c",
  "spaces  kept",
  "名前\nwith\tcontrol\u0001 characters",
  "e\u0301 is not é",
  "<script>alert(1)</script>'; drop table crm.contacts; --",
  "%s {{7*7}} ${x} \\u0000",
])("stores text exactly as given: %j", async (text) => {
  const { api } = await testWorkspace();
  const { body } = await api.post("v1-public-contacts", {
    first_name: text,
    last_name: text,
    title: text,
    source: text,
  });
  const read = await api.get(`v1-public-contacts-crud?id=${body.data.id}`);
  expect(read.body.data).toMatchObject({
    first_name: text,
    last_name: text,
    title: text,
    source: text,
  });
});

test("accepts an email of 320 characters and international ones", async () => {
  const { api } = await testWorkspace();
  const long = `${"x".repeat(64)}@${"d".repeat(63)}.${"e".repeat(63)}.${"f".repeat(63)}.${
    "g".repeat(59)
  }.com`;
  expect(long).toHaveLength(320);
  for (const email of [long, "用户@例子.公司", "o'brien+tag@mail.example.co.uk"]) {
    const { status, body } = await api.post("v1-public-contacts", { email });
    expect([status, body.data?.email]).toEqual([201, email]);
  }
});
