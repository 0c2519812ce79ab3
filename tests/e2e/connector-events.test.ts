import { expect, test } from "vitest";
import { testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const CONTACTS = "v1-public-contacts";
const JANE = { email: "jane@acme.com", first_name: "Jane" };

test("several events in one body: each is its own", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const { slug } = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "mail" },
    items: "people",
    event_id: "id",
  });
  const people = [{ id: 1, mail: "a@acme.com" }, { id: 2, mail: "nobody" }, {
    id: 3,
    mail: "c@acme.com",
  }];
  const mixed = await api.post(`${CONTACTS}?connector=${slug}`, { people });
  expect(mixed.status, mixed.text).toBe(207);
  expect(mixed.body.data.results.map((one: { status: string }) => one.status)).toEqual([
    "created",
    "failed",
    "created",
  ]);
  const mended = [people[0], { id: 2, mail: "b@acme.com" }];
  const again = await api.post(`${CONTACTS}?connector=${slug}`, { people: mended });
  expect(again.status).toBe(201);
  expect(again.body.data.results).toMatchObject([{ status: "duplicate" }, { status: "created" }]);
  const none = await api.post(`${CONTACTS}?connector=${slug}`, { people: [{ id: 7 }, { id: 8 }] });
  expectError(none, 400, "VALIDATION_ERROR");
  const empty = await api.post(`${CONTACTS}?connector=${slug}`, { other: true });
  expect(empty.body.data).toMatchObject({ status: "ignored", reason: expect.any(String) });
  const many = Array.from({ length: 101 }, (_, id) => ({ id, mail: `p${id}@acme.com` }));
  expectError(
    await api.post(`${CONTACTS}?connector=${slug}`, { people: many }),
    400,
    "VALIDATION_ERROR",
  );
});

test("an idempotency key stands for an event without an id", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const { slug } = await testConnector(workspace);
  const path = `${CONTACTS}?connector=${slug}`;
  const headers = { "idempotency-key": "zap-1" };
  const body = { ...JANE, message: "Hi" };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => api.post(path, body, headers)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
  const replays = answers.filter((one) => one.headers.get("idempotency-replayed") === "true");
  expect(replays).toHaveLength(4);
  const [row] = await asOwner("select count(*)::int from crm.activities where workspace_id = $1", [
    workspace.id,
  ]);
  expect(row).toEqual({ count: 1 });
  const reused = await api.post(path, { ...JANE, message: "Other" }, headers);
  expectError(reused, 409, "IDEMPOTENCY_KEY_REUSED");
});

test("a sender's id that looks like one of a key is not taken for it", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const { slug, send } = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "email" },
    event_id: "id",
  });
  expect((await send({ id: "key:0:victim", email: "a@acme.com" })).status).toBe(200);
  const headers = { "idempotency-key": "victim" };
  const answer = await api.post(`${CONTACTS}?connector=${slug}`, { email: "b@acme.com" }, headers);
  expect(answer.status, answer.text).toBe(201);
});

test("no two ids of a sender are taken for one, however odd they are", async () => {
  const workspace = await testWorkspace();
  const { send } = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "$string(n) & '@acme.com'" },
    event_id: "id",
  });
  const long = "x".repeat(300);
  const ids = ["\ud800", "\ud801", "\ufffd", "a\0", "a\ufffd", `${long}a`, `${long}b`, "1 ", 1];
  const told = async () => {
    const answers = [];
    for (const [n, id] of ids.entries()) answers.push((await send({ n, id })).body.data.status);
    return answers;
  };
  expect(await told()).toEqual(ids.map(() => "accepted"));
  expect(await told()).toEqual(ids.map(() => "duplicate"));
});

test("amounts keep their digits, however they are written", async () => {
  const workspace = await testWorkspace();
  const { send } = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "email", deal_title: '"Deal " & $string(n)', deal_value: "value" },
  });
  const values = ["1234567890123456.78", "1e3", 1e21, 12.5];
  const answers = [];
  for (const [n, value] of values.entries()) {
    answers.push(await send({ n, email: "a@acme.com", value }));
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(answers[2]?.body.data.warnings).toMatchObject([{ field: "deal_value" }]);
  const deals = await asOwner<{ value: string | null }>(
    "select value::text from crm.deals where workspace_id = $1 order by title",
    [workspace.id],
  );
  expect(deals.map(({ value }) => value)).toEqual([
    "1234567890123456.78",
    "1000",
    null,
    "12.5",
  ]);
});
