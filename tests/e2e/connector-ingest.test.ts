import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const CONTACTS = "v1-public-contacts";
const JANE = { email: "jane@acme.com", first_name: "Jane" };
const FORM = "application/x-www-form-urlencoded";

test("with an API key, by header or address, by id or slug: the answer is that of ingest", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const { id, slug } = await testConnector(workspace);
  const first = await api.post(CONTACTS, { ...JANE, other: 1 }, { "x-connector": slug });
  expect(first.status, first.text).toBe(201);
  expect(first.body.data).toMatchObject({
    ...JANE,
    created: true,
    company: null,
    matched_by: null,
    delivery_id: expect.any(String),
  });
  const again = await api.post(`${CONTACTS}?connector=${id}`, { ...JANE, last_name: "Roe" });
  expect(again.status).toBe(200);
  expect(again.body.data).toMatchObject({ created: false, matched_by: "email", last_name: "Roe" });
  expect(again.body.data.id).toBe(first.body.data.id);
});

test("a token's holder learns that an event was taken, and nothing of what is stored", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace);
  const made = await connector.send(JANE);
  const updated = await connector.send(JANE);
  for (const answer of [made, updated]) {
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ delivery_id: expect.any(String), status: "accepted" });
  }
  const [contact] = await asOwner("select email from crm.contacts where workspace_id = $1", [
    workspace.id,
  ]);
  expect(contact).toEqual({ email: "jane@acme.com" });
  const sender = new ApiClient(workspace.api.baseUrl, null);
  const rehearsed = await sender.post(
    `${CONTACTS}?connector=${connector.token}&dry_run=true`,
    JANE,
  );
  expectError(rehearsed, 403, "FORBIDDEN");
});

test("phones are compared as dialled in the workspace's country, also those stored before it had one", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace, { matching: { contact: ["email", "phone"] } });
  const called = async (phone: string) =>
    (await connector.send({ first_name: "Jane", phone })).status;
  const stored = () =>
    asOwner("select phone from crm.contacts where workspace_id = $1 order by id", [workspace.id]);
  expect([await called("(030) 901820"), await called("+49 30 901820")]).toEqual([200, 200]);
  expect(await stored()).toEqual([{ phone: "(030) 901820" }, { phone: "+4930901820" }]);
  await asOwner("update crm.workspaces set default_country = 'DE' where id = $1", [workspace.id]);
  expect([await called("030/90 18 20"), await called("004930901820")]).toEqual([200, 200]);
  expect(await stored()).toHaveLength(2);
});

test("a connector of another workspace, target or name is not found", async () => {
  const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
  const { id, slug } = await testConnector(theirs);
  for (const connector of [id, slug, "no-such-connector"]) {
    expectError(await mine.api.post(`${CONTACTS}?connector=${connector}`, JANE), 404, "NOT_FOUND");
  }
  const wrong = await theirs.api.post(`v1-public-activities?connector=${id}`, JANE);
  expectError(wrong, 400, "VALIDATION_ERROR");
  for (const connector of ["", "No Slug", "a_b"]) {
    const answer = await mine.api.post(
      `${CONTACTS}?connector=${encodeURIComponent(connector)}`,
      JANE,
    );
    expect(answer.body.error.details.fields[0].field, answer.text).toBe("connector");
  }
  const two = await theirs.api.post(`${CONTACTS}?connector=${id}`, JANE, { "x-connector": slug });
  expect(two.status).toBe(400);
});

test.each<[string, string, string | Uint8Array]>([
  ["JSON", "application/json", JSON.stringify(JANE)],
  ["JSON of another kind", "application/vnd.form+json", JSON.stringify(JANE)],
  ["a form", FORM, "email=jane%40acme.com&first_name=J%C3%A4ne"],
  [
    "a multipart form",
    "multipart/form-data; boundary=xyz",
    '--xyz\r\nContent-Disposition: form-data; name="email"\r\n\r\njane@acme.com\r\n--xyz--\r\n',
  ],
])("%s is read", async (_, type, body) => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace);
  const answer = await connector.send(body, { "content-type": type });
  expect(answer.status, answer.text).toBe(200);
  const [{ mapped }] = await connector.deliveries();
  expect(mapped.email).toBe("jane@acme.com");
});

test("other types and larger bodies are refused", async () => {
  const workspace = await testWorkspace();
  const connector = await testConnector(workspace);
  expectError(
    await connector.send("<x/>", { "content-type": "application/xml" }),
    415,
    "UNSUPPORTED_MEDIA_TYPE",
  );
  const large = { ...JANE, note: "x".repeat(400_000) };
  expect((await connector.send(large)).status).toBe(200);
  const larger = { ...JANE, note: "x".repeat(512_000) };
  expectError(await connector.send(larger), 413, "PAYLOAD_TOO_LARGE");
});

test("without a connector, GET says what it is for, and forms are no ingest", async () => {
  const { api } = await testWorkspace();
  expectError(await api.get(CONTACTS), 400, "VALIDATION_ERROR");
  const form = await api.send("POST", CONTACTS, {
    raw: "email=a%40b.de",
    headers: { "content-type": FORM },
  });
  expect(form.status).toBe(415);
});

test("what prepare finds is used by events, dry runs and replays", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace, {
    target: "contact",
    prepare: "$eval(form)",
    field_map: { email: "prepared.mail", last_name: "name" },
  });
  const path = `v1-public-contacts?connector=${connector.id}`;
  const event = { name: "Roe", form: '{"mail": "roe@acme.com"}' };
  const mapped = { email: "roe@acme.com", last_name: "Roe" };
  expect((await api.post(`${path}&dry_run=true`, event)).body.data.mapped).toEqual(mapped);
  expect((await api.post(path, event)).body.data).toMatchObject(mapped);

  const refused = await connector.send({ name: "Roe", form: "mail=roe@acme.com" });
  expectError(refused, 400, "VALIDATION_ERROR");
  expect(refused.body.error.details.fields).toEqual([
    { field: "prepare", message: expect.stringContaining("$eval reads JSON") },
  ]);
  const wrong = await api.patch(`v1-public-connectors?id=${connector.id}`, { prepare: "a[" });
  expect(wrong.body.error.details.fields[0].field).toBe("prepare");
  const prepare = '{"mail": $substringAfter(form, "=")}';
  await api.patch(`v1-public-connectors?id=${connector.id}`, { prepare });
  const replay = `v1-public-connector-deliveries?id=${refused.body.error.details.delivery_id}`;
  expect((await api.send("POST", `${replay}&dry_run=true`, {})).body.data.mapped).toEqual(mapped);
  expect((await api.send("POST", replay, {})).body.data).toMatchObject(mapped);
});
