import { expect, test } from "vitest";
import { intakeWorld } from "../support/intake.ts";
import { asOwner } from "../support/workspace.ts";

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
