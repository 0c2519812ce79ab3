import { expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { expectLioError, expectLioFields, type LioClient, lioWorld, TIME } from "../support/lio.ts";

const JANE = { email: "jane@acme.com", first_name: "Jane", company: "Acme Corp", lead_source: 1 };

async function captureWorld() {
  const world = await lioWorld();
  const api = await world.keyed();
  const post = (body: object, by: LioClient = api) => by.post("v1/lead", body);
  return { ...world, api, post };
}

const duplicate = (answer: ApiResponse, existing: number | null) => {
  expectLioError(answer, 409, "conflict", "duplicate_lead");
  expect(answer.body.error.existing_id).toBe(existing);
};

test("the example of the reference makes a lead, and what is not listed is kept", async () => {
  const { api, post } = await captureWorld();
  const { status, body, text } = await post({
    ...JANE,
    phone_number: "+49 30 123456",
    city: "Berlin",
    utm: { source: "ad" },
    mixed: ["a", 1],
    colours: ["red", "blue"],
    empty: null,
    tags: ["vip", "VIP"],
    custom_fields: { city: "Köln" },
  });
  expect(status, text).toBe(201);
  expect(body.message).toBe("Lead created successfully");
  expect(body.data).toMatchObject({
    id: expect.any(Number),
    email: "jane@acme.com",
    first_name: "Jane",
    last_name: null,
    phone_number: "+4930123456",
    company: "Acme Corp",
    status: 1,
    priority: 2,
    lead_source: 1,
    score: 0,
    city: null,
    tags: [{ name: "vip" }],
    custom_fields: {
      city: "Köln",
      utm: '{"source":"ad"}',
      mixed: '["a",1]',
      colours: ["red", "blue"],
    },
    created_at: TIME,
  });
  expect(body.data).not.toHaveProperty("merged");
  expect(await api.read("v1/lead/lead-list")).toMatchObject([{ id: body.data.id }]);
});

test("a lead that is there is told, made again or merged, as is asked", async () => {
  const { post } = await captureWorld();
  const first = (await post(JANE)).body.data;
  duplicate(await post({ email: "JANE@acme.com" }), first.id);
  const again = await post({ ...JANE, duplicate: 1 });
  expect(again.status, again.text).toBe(201);
  expect(again.body.data).toMatchObject({ duplicate_of: first.id, email: "jane@acme.com" });
  expect(again.body.data.id).not.toBe(first.id);
  const merged = await post({ email: "jane@acme.com", job_title: "CTO", tags: ["x"], merge: "1" });
  expect(merged.status, merged.text).toBe(200);
  expect(merged.body.data).toMatchObject({
    id: first.id,
    merged: true,
    job_title: "CTO",
    company: "Acme Corp",
    tags: [{ name: "x" }],
  });
  const linkedin_url = "https://linkedin.com/in/jane";
  const fresh = await post({ linkedin_url, merge: true });
  expect([fresh.status, fresh.body.data.merged]).toEqual([201, undefined]);
  duplicate(
    await post({ linkedin_url: "www.linkedin.com/in/Jane/", merge: 0, duplicate: false }),
    fresh.body.data.id,
  );
});

test("of fifty at once with one email one is made, and with merge the others are merged", async () => {
  const { api, post } = await captureWorld();
  const statuses = async (body: object) =>
    (await Promise.all(Array.from({ length: 50 }, () => post(body))))
      .map(({ status }) => status).toSorted((one, other) => one - other);
  expect(await statuses({ email: "a@acme.com" })).toEqual([201, ...Array(49).fill(409)]);
  expect(await statuses({ email: "b@acme.com", merge: 1 })).toEqual([...Array(49).fill(200), 201]);
  expect((await api.get("v1/lead/lead-list")).body.total).toBe(2);
});

test("what cannot be is refused, by field", async () => {
  const { post } = await captureWorld();
  expectLioFields(await post({ first_name: "Jane" }), 422, "email", "phone_number", "linkedin_url");
  expectLioFields(
    await post({ email: null, tags: [] }),
    422,
    "email",
    "phone_number",
    "linkedin_url",
  );
  expectLioFields(
    await post({ ...JANE, email: "none", priority: 5, tags: [1] }),
    422,
    "email",
    "priority",
    "tags[0]",
  );
  expectLioFields(await post({ ...JANE, duplicate: 1, merge: 1 }), 422, "merge");
  expectLioFields(await post({ ...JANE, duplicate: 2 }), 422, "duplicate");
  expectLioFields(
    await post({ ...JANE, status: 999, lead_source: 999 }),
    422,
    "status",
    "lead_source",
  );
  expectLioFields(
    await post({ ...JANE, linkedin_url: "https://acme.com/in/jane" }),
    422,
    "linkedin_url",
  );
  expectLioFields(await post({ ...JANE, note: "x".repeat(5_001) }), 422, "note");
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, "x"]));
  expectLioFields(await post({ ...JANE, ...many }), 422, "custom_fields");
});

test("leads are listed by the five parameters alone", async () => {
  const { api, post } = await captureWorld();
  for (const name of ["Ann", "Bob", "Cid"]) {
    await post({ email: `${name}@acme.com`, first_name: name });
  }
  const names = async (query: string) =>
    (await api.read(`v1/lead/lead-list?${query}`)).map(({ first_name }: { first_name: string }) =>
      first_name
    );
  expect(await names("")).toEqual(["Cid", "Bob", "Ann"]);
  expect(await names("order_by=first_name&order_in=asc&limit=2&page=2")).toEqual(["Cid"]);
  expect(await names("search_value=bob")).toEqual(["Bob"]);
  const other = await api.get("v1/lead/lead-list?start_date=2026-01-01&status=1");
  expectLioFields(other, 400, "start_date", "status");
});

test("keys need their scope, and users their role", async () => {
  const { admin, user, keyed, post } = await captureWorld();
  expect((await post(JANE, admin.api)).status).toBe(201);
  const [reader, writer] = [
    await keyed({ scopes: ["leads:read"] }),
    await keyed({ scopes: ["leads:write"] }),
  ];
  expectLioError(await post(JANE, reader), 403, "permission_error", "scope_missing");
  expectLioError(await writer.get("v1/lead/lead-list"), 403, "permission_error", "scope_missing");
  expectLioError(await post(JANE, (await user("viewer")).api), 403, "permission_error", "role");
  const rep = await user("rep");
  const own = await post({ email: "own@acme.com" }, rep.api);
  expect(own.body.data.assigned_to).toBe(rep.number);
  const other = await user("rep");
  duplicate(await post({ email: "own@acme.com" }, other.api), null);
  duplicate(await post({ email: "own@acme.com", merge: 1 }, other.api), null);
  const { total } = (await other.api.get("v1/lead/lead-list")).body;
  expect(total).toBe(1);
});

test("a capture under an idempotency key is made once", async () => {
  const { api } = await captureWorld();
  const send = () => api.post("v1/lead", JANE, { "idempotency-key": "k" });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
  expect(second.headers.get("idempotency-replayed")).toBe("true");
});
