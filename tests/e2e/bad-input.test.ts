import { expect, test } from "vitest";
import { testWorkspace } from "../support/workspace.ts";

const INGEST = "v1-public-contacts";
const deep = (levels: number) => `{"first_name":${"[".repeat(levels)}${"]".repeat(levels)}}`;

test.each<[string, string, string]>([
  ["an empty body", "", "body"],
  ["a body of spaces", "  \n", "body"],
  ["no JSON", "{email: 1}", "body"],
  ["a cut body", '{"email": "a@b', "body"],
  ["an array", "[]", "body"],
  ["null", "null", "body"],
  ["a duplicate key", '{"email":"a@example.com","email":"b@example.com"}', "body"],
  ["a duplicate key of one value", '{"email":"a@example.com","email":"a@example.com"}', "body"],
  ["a byte order mark", '{"first_name":"\\ufeffBob"}', "first_name"],
  ["an object that is no text", '{"first_name":{"toString":1,"valueOf":1}}', "first_name"],
  ["NUL", '{"first_name":"a\\u0000b"}', "first_name"],
  ["half a surrogate pair", '{"first_name":"\\ud800"}', "first_name"],
  ["nesting 33 deep", deep(33), "body"],
  ["nesting 20,000 deep", deep(20_000), "body"],
  ["a huge number", '{"first_name":"a","signal_strength":1e999}', "signal_strength"],
  [
    "a too precise number",
    '{"first_name":"a","signal_strength":12.345678901234567890123}',
    "signal_strength",
  ],
  ["__proto__", '{"first_name":"a","__proto__":{"admin":true}}', "__proto__"],
  ["constructor", '{"first_name":"a","constructor":{}}', "constructor"],
  ["nobody", '{"title":"Director"}', "email"],
  ["only blanks", '{"first_name":"  ","email":null}', "email"],
  ["an email of 321 characters", JSON.stringify({ email: `${"x".repeat(317)}@b.c` }), "email"],
  ["no email", '{"email":"jane at example.com"}', "email"],
  ["two emails", '{"email":"a@example.com, b@example.com"}', "email"],
  ["a number as name", '{"first_name":42}', "first_name"],
  ["an object as name", '{"first_name":{"a":1}}', "first_name"],
  ["a long name", JSON.stringify({ first_name: "x".repeat(256) }), "first_name"],
  ["a bad phone", '{"phone":"call me"}', "phone"],
  ["a bad domain", '{"email":"a@example.com","company_domain":"not a domain"}', "company_domain"],
  ["a signal above 100", '{"email":"a@example.com","signal_strength":100.5}', "signal_strength"],
  ["a signal below 0", '{"email":"a@example.com","signal_strength":-1}', "signal_strength"],
  ["a signal as text", '{"email":"a@example.com","signal_strength":"75"}', "signal_strength"],
  ["an id", '{"email":"a@example.com","id":"01890a5d-ac96-774b-bcce-b302099a8057"}', "id"],
])("refuses %s with 400, naming the field", async (_name, raw, field) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.send("POST", INGEST, { raw });
  expect([status, body.error.code]).toEqual([400, "VALIDATION_ERROR"]);
  const { fields } = body.error.details;
  expect(fields.map((error: { field: string }) => error.field)).toContain(field);
  for (const { message } of fields) expect(message).toMatch(/^[A-Z].*[.?]$/s);
});

test("refuses a body that is not UTF-8", async () => {
  const { api } = await testWorkspace();
  const raw = new Uint8Array([...new TextEncoder().encode('{"first_name":"'), 0xff, 0x22, 0x7d]);
  expect((await api.send("POST", INGEST, { raw })).status).toBe(400);
});

test("names every mistake of a request in one answer", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(INGEST, {
    email: "no",
    phone: "no",
    frist_name: "x",
    signal_strength: 1000,
  });
  const fields = body.error.details.fields.map(({ field }: { field: string }) => field);
  expect(fields.toSorted()).toEqual(["email", "frist_name", "phone", "signal_strength"]);
});

test("refuses query parameters that ingest does not know", async () => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(`${INGEST}?dryrun=true`, { email: "a@example.com" });
  expect([status, body.error.details.fields[0].field]).toEqual([400, "dryrun"]);
});

test("refuses a body full of mistakes with an answer of bounded size", async () => {
  const { api } = await testWorkspace();
  const raw = `{${Array.from({ length: 4000 }, (_, i) => `"k${i}":0`).join()}}`;
  const { status, body, text } = await api.send("POST", INGEST, { raw });
  expect([status, body.error.details.fields.length]).toEqual([400, 101]);
  expect(text.length).toBeLessThan(50_000);
});
