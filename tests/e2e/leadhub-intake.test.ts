import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { intakeWorld } from "../support/intake.ts";
import { expectInvalid, leadHub } from "../support/leadhub.ts";
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
      for (const sent of [SENT, {}]) {
        const { status, body } = await raw.post(at(`?tenant=${tenant}`), sent);
        answers.push(JSON.stringify([status, body]));
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
