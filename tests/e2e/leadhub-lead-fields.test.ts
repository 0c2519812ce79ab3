import { expect, test } from "vitest";
import { expectInvalid, leadHub, record, userNumber } from "../support/leadhub.ts";

const EMAIL = "The email field must be a valid email address.";
const VALUE =
  "Must be a text of at most 5000 characters, a number, true, false or an array of such texts.";
const SCORE = "Must be a whole number from 0 to 100.";

const names = (count: number) => Array.from({ length: count }, (_, n) => `tag ${n}`);
const keys = (count: number) => Object.fromEntries(names(count).map((name) => [name, "x"]));

test.each<[string, unknown, string]>([
  ["first_name", "x".repeat(256), "Must have at most 255 characters."],
  ["first_name", 5, "Must be a string; it is a number."],
  ["first_name", "a\0b", "Must not contain the NUL character (U+0000)."],
  ["last_name", "x".repeat(256), "Must have at most 255 characters."],
  ["email", "nope", EMAIL],
  ["email", "a@b", EMAIL],
  ["email", 5, EMAIL],
  ["email", {}, EMAIL],
  ["email", `${"x".repeat(320)}@example.com`, EMAIL],
  [
    "phone",
    "call me",
    "Must be a phone number, best with its country code, such as +15551234567.",
  ],
  ["company", "x".repeat(256), "Must have at most 255 characters."],
  ["source", "x".repeat(256), "Must have at most 255 characters."],
  ["source", ["web"], "Must be a string; it is an array."],
  ["status", "x".repeat(65), "Must have at most 64 characters."],
  ["pipeline_id", "1", "Must be a whole number."],
  ["pipeline_id", 1.5, "Must be a whole number."],
  ["pipeline_id", 0, "No pipeline with this id."],
  ["pipeline_id", Number.MAX_SAFE_INTEGER, "No pipeline with this id."],
  ["pipeline_stage_id", true, "Must be a whole number."],
  ["pipeline_stage_id", -1, "No stage with this id."],
  ["assigned_user_id", "5", "Must be a whole number."],
  ["assigned_user_id", 0, "No user with this id."],
  ["notes", "x".repeat(20_001), "Must have at most 20000 characters."],
  ["custom_fields", [], "Must be an object."],
  ["custom_fields", keys(101), "Must have at most 100 keys."],
  ["custom_fields", { "": "x" }, "Must have keys of 1 to 64 characters."],
  ["custom_fields", { ["x".repeat(65)]: "x" }, "Must have keys of 1 to 64 characters."],
  ["custom_fields.a", { a: "x".repeat(5_001) }, VALUE],
  ["custom_fields.a", { a: { b: 1 } }, VALUE],
  ["custom_fields.a", { a: ["x", 1] }, VALUE],
  ["custom_fields.a", { a: [null] }, VALUE],
  ["custom_fields.__proto__", JSON.parse('{"__proto__": {}}'), VALUE],
  ["tags", "hot", "Must be an array; it is a string."],
  ["tags", names(51), "Must have at most 50 different tags."],
  ["tags.1", ["a", ""], "Must not be empty."],
  ["tags.0", ["x".repeat(65)], "Must have at most 64 characters."],
  ["tags.0", [5], "Must be a string; it is a number."],
  ["tags.0", [".."], "Must not be . or .., which no web address can hold."],
  ["starred", "true", "Must be a boolean; it is a string."],
  ["starred", 1, "Must be a boolean; it is a number."],
  ["lead_score", -1, SCORE],
  ["lead_score", 101, SCORE],
  ["lead_score", 1.5, SCORE],
  ["lead_score", "5", SCORE],
])("%s: %j is refused", async (path, value, message) => {
  const { api } = await leadHub();
  const { id } = await api.made("leads", { first_name: "Sarah" });
  const [field = ""] = path.split(".");
  const errors = { [path]: [message] };
  expectInvalid(await api.post("leads", { first_name: "Sarah", [field]: value }), errors);
  expectInvalid(await api.patch(`leads/${id}`, { [field]: value }), errors);
  expect(await api.listed("leads")).toMatchObject([{ id, first_name: "Sarah" }]);
});

test("a blank first name is none, and none is refused", async () => {
  const { api } = await leadHub();
  for (const first_name of ["", " \t"]) {
    expectInvalid(await api.post("leads", { first_name }), { first_name: ["Must not be empty."] });
  }
});

test("everything that is wrong is told at once, unknown names with the nearest known one", async () => {
  const { api } = await leadHub();
  const body = { first_nam: "Sarah", email: "nope", tags: [5], pipeline: 1, zzzzzzzzzz: 1 };
  const { body: { errors } } = await api.post("leads?dry=1", body);
  expect(errors).toEqual({
    dry: ["Unknown; none are known here."],
    first_name: ["The first_name field is required."],
    email: [EMAIL],
    "tags.0": ["Must be a string; it is a number."],
    first_nam: ["Unknown; did you mean first_name?"],
    pipeline: ["Unknown; did you mean pipeline_id?"],
    zzzzzzzzzz: [expect.stringMatching(/^Unknown; known are id, first_name, /)],
  });
});

test("links that lead to no record are told together", async () => {
  const { api } = await leadHub();
  const links = { pipeline_id: 0, pipeline_stage_id: 0, assigned_user_id: 0 };
  expectInvalid(await api.post("leads", { first_name: "Sarah", ...links }), {
    pipeline_id: ["No pipeline with this id."],
    pipeline_stage_id: ["No stage with this id."],
    assigned_user_id: ["No user with this id."],
  });
});

test("records of other workspaces are none to link to, to read, or to filter by", async () => {
  const [{ api }, theirs] = await Promise.all([leadHub(), leadHub()]);
  const [pipeline] = await theirs.api.listed("pipelines");
  const user = await userNumber(theirs.id, "jane");
  const lead = await theirs.api.made("leads", {
    first_name: "Theirs",
    assigned_user_id: user,
    tags: ["t"],
  });
  const links = {
    pipeline_id: pipeline.id,
    pipeline_stage_id: pipeline.stages[0].id,
    assigned_user_id: user,
  };
  expectInvalid(await api.post("leads", { first_name: "Sarah", ...links }), {
    pipeline_id: ["No pipeline with this id."],
    pipeline_stage_id: ["No stage with this id."],
    assigned_user_id: ["No user with this id."],
  });
  const calls = [
    api.get(`leads/${lead.id}`),
    api.put(`leads/${lead.id}`, { notes: "x" }),
    api.delete(`leads/${lead.id}`),
    api.post(`leads/${lead.id}/tags`, { tag: "x" }),
  ];
  for (const answer of await Promise.all(calls)) {
    expect(answer).toMatchObject({ status: 404, body: { message: `No lead with id ${lead.id}.` } });
  }
  expect((await api.delete(`leads/${lead.id}/tags/t`)).status).toBe(404);
  await api.made("leads", { first_name: "Mine" });
  const filters = [
    `pipeline_id=${pipeline.id}`,
    `stage_id=${pipeline.stages[0].id}`,
    `assigned_user_id=${user}`,
    "tag=t",
  ];
  for (const filter of filters) expect(await api.listed(`leads?${filter}`), filter).toEqual([]);
  expect(record(await theirs.api.get(`leads/${lead.id}`))).toEqual(lead);
});

test("an inactive user gets no lead, but keeps the ones there are", async () => {
  const { id, api, apiWith } = await leadHub();
  const users = await apiWith({ scopes: ["write:users"] });
  const [gone, jane] = [await userNumber(id, "gone", "inactive"), await userNumber(id, "jane")];
  const errors = { assigned_user_id: ["The user is inactive."] };
  expectInvalid(await api.post("leads", { first_name: "S", assigned_user_id: gone }), errors);
  const lead = await api.made("leads", { first_name: "Sarah", assigned_user_id: jane });
  expectInvalid(await api.patch(`leads/${lead.id}`, { assigned_user_id: gone }), errors);
  record(await users.patch(`users/${jane}`, { status: "inactive" }));
  expect(record(await api.put(`leads/${lead.id}`, { ...lead, notes: "n" })))
    .toMatchObject({ assigned_user_id: jane, notes: "n" });
});

test("what is at its limit is taken", async () => {
  const { api } = await leadHub();
  const long = {
    first_name: "x".repeat(255),
    last_name: "x".repeat(255),
    company: "x".repeat(255),
    source: "x".repeat(255),
    status: "x".repeat(64),
    notes: "x".repeat(20_000),
    custom_fields: { ...keys(98), ["y".repeat(64)]: "x".repeat(5_000), none: ["a".repeat(64)] },
    lead_score: 100,
    starred: true,
  };
  const tags = [...names(50), ...names(50).map((name) => name.toUpperCase())];
  const lead = await api.made("leads", { ...long, tags });
  expect(lead).toMatchObject(long);
  expect(lead.tags).toHaveLength(50);
});

test("custom fields keep every digit, and any key", async () => {
  const { api } = await leadHub();
  const fields = '{"big":12345678901234567890.5,"small":0.1000000000000000000001,' +
    '"__proto__":"x","text":"ü\\n"}';
  const raw = `{"first_name":"Sarah","custom_fields":${fields}}`;
  const headers = { "content-type": "application/json" };
  const { status, text } = await api.send("POST", "leads", { raw, headers });
  expect(status, text).toBe(201);
  expect(text.replace(/([:,]) /g, "$1")).toContain('"big":12345678901234567890.5,');
  expect(text).toContain("0.1000000000000000000001");
  expect(text).toMatch(/"__proto__": ?"x"/);
});

test("a change that would make too many custom fields is refused, one that removes others is not", async () => {
  const { api } = await leadHub();
  const { id } = await api.made("leads", { first_name: "Sarah", custom_fields: keys(100) });
  expectInvalid(await api.patch(`leads/${id}`, { custom_fields: { more: "x" } }), {
    custom_fields: ["Must have at most 100 keys."],
  });
  const removed = Object.fromEntries(Object.keys(keys(60)).map((key) => [key, null]));
  const others = Object.fromEntries(names(60).map((name) => [`new ${name}`, "x"]));
  const custom_fields = { ...removed, ...others };
  const changed = record(await api.patch(`leads/${id}`, { custom_fields }));
  expect(Object.keys(changed.custom_fields)).toHaveLength(100);
});
