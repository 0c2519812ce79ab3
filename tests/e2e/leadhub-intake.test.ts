import { describe, expect, inject, test } from "vitest";
import { ApiClient, type ApiResponse, type Json } from "../support/api-client.ts";
import { expectInvalid, leadHub, record } from "../support/leadhub.ts";
import { asOwner } from "../support/workspace.ts";

const SENT = {
  email: "sarah@example.com",
  first_name: "Sarah",
  last_name: "Johnson",
  phone: "+14155551234",
  company: "Tech Corp",
  source: "zapier",
  notes: "Came from newsletter signup",
  tags: ["newsletter"],
  custom_fields: { utm_campaign: "spring-promo" },
};

async function intakeWorld(limits = {}) {
  const world = await leadHub(limits);
  const { api, slug } = world;
  const raw = new ApiClient(inject("gatewayUrl"), api.key);
  const path = `leadhub/api/inbound/leads?tenant=${slug}`;
  return {
    ...world,
    raw,
    path,
    send: (body: unknown, headers?: Record<string, string>) => raw.post(path, body, headers),
    lead: async (id: number): Promise<Json> => record(await api.get(`leads/${id}`)),
  };
}

/** What is answered of a lead that was taken, without its number. */
function told({ status, body }: ApiResponse) {
  const { lead_id: _, ...rest } = body;
  return { status, ...rest };
}

test("the example of the reference makes a lead, once", async () => {
  const { send, lead, native } = await intakeWorld();
  const { status, body } = await send(SENT);
  expect({ status, body }).toEqual({
    status: 201,
    body: { status: "created", lead_id: expect.any(Number), is_duplicate: false },
  });
  expect(await lead(body.lead_id)).toMatchObject({ ...SENT, status: "new", starred: false });
  const again = await send(SENT);
  expect([again.status, again.body])
    .toEqual([200, { status: "duplicate", lead_id: body.lead_id, is_duplicate: true }]);
  const activities = await native.get("v1-public-activities-crud?type=lead_intake");
  expect(activities.body.data.items).toMatchObject([
    { type: "lead_intake", data: SENT, contact_id: expect.any(String) },
    { data: SENT },
  ]);
});

test("an email alone is enough, in whatever form", async () => {
  const { send, lead } = await intakeWorld();
  const first = await send({ email: " Sarah <SARAH@Example.com>" });
  expect(await lead(first.body.lead_id)).toMatchObject({
    email: "sarah@example.com",
    first_name: null,
    source: null,
  });
  expect((await send({ email: "sarah@example.com" })).status).toBe(200);
});

test("nulls and blanks are absent", async () => {
  const { send, lead } = await intakeWorld();
  const blank = { first_name: "", phone: null, company: " ", tags: null, custom_fields: null };
  const answer = await send({ email: "a@example.com", ...blank });
  expect(told(answer)).toEqual({ status: "created", is_duplicate: false });
  expect(await lead(answer.body.lead_id)).toMatchObject({
    first_name: null,
    phone: null,
    company: null,
    tags: [],
    custom_fields: {},
  });
});

describe("its email", () => {
  test.each<[unknown, Record<string, string[]>]>([
    [{}, { email: ["The email field is required."] }],
    [{ email: null, phone: 1 }, { email: ["The email field must be a valid email address."] }],
    [{ email: "nobody@" }, { email: ["The email field must be a valid email address."] }],
    [{ email: "" }, { email: ["The email field must be a valid email address."] }],
    [{ email: "a\0@example.com" }, { email: ["The email field must be a valid email address."] }],
    [{ email: ["a@example.com"] }, { email: ["The email field must be a valid email address."] }],
    [[], { body: ["Must be a JSON object; it is an array."] }],
  ])("given as %j is refused", async (body, errors) => {
    const { send, api } = await intakeWorld();
    expectInvalid(await send(body), errors);
    expect(await api.listed("leads")).toEqual([]);
  });
});

test("anything else that is wrong or unknown costs no lead", async () => {
  const { send, lead } = await intakeWorld();
  const wrong = {
    phone: "call me",
    first_name: "x".repeat(256),
    last_name: { a: 1 },
    tags: "vip",
    source: 7,
    firstname: "Sarah",
    status: "won",
    deep: { a: [1, null] },
    big: "x".repeat(5_001),
    ["k".repeat(65)]: "long key",
    notes: "a\0b",
    empty: "",
    none: null,
  };
  const { status, body } = await send({ email: "a@example.com", ...wrong });
  expect(status).toBe(201);
  expect(body.warnings).toEqual({
    phone: ["Must be a phone number, best with its country code, such as +15551234567."],
    first_name: ["Must have at most 255 characters."],
    last_name: ["Must be a string; it is an object."],
    tags: ["Must be an array; it is a string."],
    source: ["Must be a string; it is a number."],
    firstname: ["Unknown; did you mean first_name?"],
    status: [expect.stringMatching(/^Unknown; /)],
    deep: [expect.stringMatching(/^Unknown; known are email, first_name, /)],
    big: [expect.stringMatching(/^Unknown; /)],
    ["k".repeat(65)]: [expect.stringMatching(/^Unknown; /)],
    notes: ["Has characters that cannot be stored."],
    empty: [expect.stringMatching(/^Unknown; /)],
    none: [expect.stringMatching(/^Unknown; /)],
  });
  const kept = await lead(body.lead_id);
  expect(kept).toMatchObject({
    phone: null,
    first_name: null,
    tags: [],
    status: "new",
    notes: null,
  });
  expect(kept.custom_fields).toEqual({
    phone: "call me",
    first_name: wrong.first_name,
    last_name: '{"a":1}',
    tags: "vip",
    source: 7,
    firstname: "Sarah",
    status: "won",
    deep: '{"a":[1,null]}',
    notes: String.raw`"a\u0000b"`,
    empty: "",
  });
});

test("custom fields are kept as they can be, and win", async () => {
  const { send, lead, raw, path } = await intakeWorld();
  const answer = await send({
    email: "a@example.com",
    custom_fields: { nickname: "given", deep: { a: 1 }, gone: null, ["k".repeat(65)]: 1 },
    nickname: "kept",
  });
  expect(Object.keys(answer.body.warnings).toSorted()).toEqual([
    "custom_fields.deep",
    `custom_fields.${"k".repeat(65)}`,
    "nickname",
  ]);
  expect((await lead(answer.body.lead_id)).custom_fields)
    .toEqual({ nickname: "given", deep: '{"a":1}' });
  const text =
    '{"email": "b@example.com", "custom_fields": {"n": 12345678901234567890, "e": 1e500}}';
  const exact = await raw.send("POST", path, { raw: text });
  const { text: shown } = await raw.get(`leadhub/api/v1/leads/${exact.body.lead_id}`);
  expect(shown).toContain('"n": 12345678901234567890');
  expect(shown).toContain('"e": "1e500"');
  const none = await send({ email: "c@example.com", custom_fields: "x" });
  expect((await lead(none.body.lead_id)).custom_fields).toEqual({ custom_fields: "x" });
});

test("more than fits stays in the activity", async () => {
  const { id, send, lead } = await intakeWorld();
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`k${n}`, n]));
  const sent = { email: "a@example.com", custom_fields: many, extra: "x", huge: "y".repeat(6_000) };
  const { body } = await send(sent);
  expect(body.warnings).toMatchObject({ custom_fields: ["Must have at most 100 keys."] });
  expect(Object.keys((await lead(body.lead_id)).custom_fields)).toHaveLength(100);
  const [activity] = await asOwner("select data from crm.activities where workspace_id = $1", [id]);
  expect(activity?.data).toEqual(sent);
});

test("of a thousand unknown fields the first are warned of", async () => {
  const { send } = await intakeWorld();
  const unknown = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`unknown${n}`, n]));
  const { status, body } = await send({ email: "a@example.com", ...unknown });
  expect([status, Object.keys(body.warnings).length]).toEqual([201, 101]);
  expect(body.warnings.body).toEqual(["And 900 more."]);
});

describe("the tenant", () => {
  test("is the key's workspace, or it is refused whether it exists or not", async () => {
    const { raw, api, slug } = await intakeWorld();
    const other = await leadHub();
    const at = (query: string) => `leadhub/api/inbound/leads${query}`;
    expectInvalid(await raw.post(at(""), SENT), { tenant: ["The tenant field is required."] });
    expectInvalid(await raw.post(at("?tenant="), {}), {
      tenant: ["Must not be empty."],
      email: ["The email field is required."],
    });
    const answers = [];
    for (const tenant of [other.slug, "nobody", `${slug}x`, "%27--", slug.toUpperCase()]) {
      for (const body of [SENT, {}]) {
        const { status, body: told } = await raw.post(at(`?tenant=${tenant}`), body);
        answers.push(JSON.stringify([status, told]));
      }
    }
    expect([...new Set(answers)].map((text) => JSON.parse(text))).toEqual([[403, {
      status: "error",
      message: "This API key is not of the workspace that tenant names.",
      code: "FORBIDDEN",
    }]]);
    expect(await api.listed("leads")).toEqual([]);
    expect(await other.api.listed("leads")).toEqual([]);
  });

  test("is one parameter, and the only one", async () => {
    const { raw, path } = await intakeWorld();
    expectInvalid(await raw.post(`${path}&tenants=1`, SENT), {
      tenants: ["Unknown; did you mean tenant?"],
    });
  });
});

test("is done once under an idempotency key", async () => {
  const { send, id } = await intakeWorld();
  const key = { "idempotency-key": "1" };
  const first = await send({ ...SENT, unknown: 1 }, key);
  const again = await send({ ...SENT, unknown: 1 }, key);
  expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
  expect((await send(SENT, key)).body.code).toBe("IDEMPOTENCY_KEY_REUSED");
  const made = "select id from crm.activities where workspace_id = $1";
  expect(await asOwner(made, [id])).toHaveLength(1);
});

test.each(["contacts_per_day", "activities_per_day"])("%s holds: 429", async (limit) => {
  const { send, api } = await intakeWorld({ [limit]: 1 });
  expect((await send({ email: "a@example.com" })).status).toBe(201);
  const { status, headers, body } = await send({ email: "b@example.com" });
  expect([status, body.code]).toEqual([429, "RATE_LIMITED"]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await api.listed("leads")).toHaveLength(1);
});
