import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { proxiedGateway, testGateway } from "../support/gateway.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const INGEST = "v1-public-contacts";
const JANE = { first_name: "Jane", last_name: "Roe", message: "Call me" };

async function stored(workspaceId: string) {
  const [counts] = await asOwner<{ contacts: number; notes: number; used: number }>(
    `select (select count(*)::int from crm.contacts where workspace_id = $1) as contacts,
      (select count(*)::int from crm.activities where workspace_id = $1) as notes,
      (select coalesce(sum(contacts), 0)::int from crm.daily_usage where workspace_id = $1) as used`,
    [workspaceId],
  );
  return counts;
}

test.each(["Idempotency-Key", "X-Idempotency-Key"])(
  "a retry with %s replays the answer",
  async (header) => {
    const { api, id } = await testWorkspace();
    const headers = { [header]: randomUUID() };
    const first = await api.post(INGEST, JANE, headers);
    const retry = await api.post(INGEST, JANE, { ...headers, "x-request-id": "retry" });
    expect([first.status, retry.status, retry.text]).toEqual([201, 201, first.text]);
    expect([first, retry].map((response) => response.headers.get("idempotency-replayed"))).toEqual([
      null,
      "true",
    ]);
    expect(retry.headers.get("x-request-id")).toBe("retry");
    expect(await stored(id)).toEqual({ contacts: 1, notes: 1, used: 1 });
  },
);

test("50 parallel requests with one key make one write and 50 equal answers", async () => {
  const { api, id } = await testWorkspace();
  const headers = { "idempotency-key": randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => api.post(INGEST, JANE, headers)),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.every(({ status }) => status === 201)).toBe(true);
  expect(answers.filter((answer) => answer.headers.get("idempotency-replayed") === null))
    .toHaveLength(1);
  expect(await stored(id)).toEqual({ contacts: 1, notes: 1, used: 1 });
});

test("50 parallel ingests of one email make one contact and exactly one 201", async () => {
  const { api, id } = await testWorkspace();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      api.post(INGEST, {
        email: "one@example.com",
        first_name: `${i}`,
        company_name: "Acme",
        message: "hi",
      })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(49).fill(200), 201]);
  expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1);
  expect(new Set(answers.map(({ body }) => body.data.company.id)).size).toBe(1);
  expect(await stored(id)).toEqual({ contacts: 1, notes: 50, used: 1 });
});

test("a key of another request, path or workspace", async () => {
  const { api, id } = await testWorkspace();
  const headers = { "idempotency-key": "order-42" };
  await api.post(INGEST, JANE, headers);
  const reused = await api.post(INGEST, { ...JANE, first_name: "Other" }, headers);
  expect([reused.status, reused.body.error.code]).toEqual([409, "IDEMPOTENCY_KEY_REUSED"]);
  const elsewhere = await api.post("v1-public-contacts-batch", { contacts: [JANE] }, headers);
  expect(elsewhere.status).toBe(409);
  const other = await testWorkspace();
  expect((await other.api.post(INGEST, { first_name: "Theirs" }, headers)).status).toBe(201);
  expect(await stored(id)).toMatchObject({ contacts: 1 });
});

test("a retry may choose another region and end its path with a slash", async () => {
  const { api } = await testWorkspace();
  const headers = { "idempotency-key": "region" };
  const first = await api.post(INGEST, JANE, headers);
  const retry = await api.post(`${INGEST}/?forceFunctionRegion=eu-west-1`, JANE, headers);
  expect([retry.status, retry.text]).toEqual([201, first.text]);
});

test("a refused request keeps no key; after 24 hours a key is new", async () => {
  const { api, id } = await testWorkspace();
  const headers = { "idempotency-key": "k" };
  expect((await api.post(INGEST, { email: "no" }, headers)).status).toBe(400);
  expect(
    (await api.patch(`v1-public-contacts-crud?id=${randomUUID()}`, { title: "x" }, headers)).status,
  ).toBe(404);
  expect((await api.post(INGEST, JANE, headers)).status).toBe(201);
  await asOwner(
    "update crm.idempotency_keys set created_at = now() - interval '25 hours' where workspace_id = $1",
    [id],
  );
  const next = await api.post(INGEST, { first_name: "Next" }, headers);
  expect([next.status, next.body.data.first_name]).toEqual([201, "Next"]);
});

test("PATCH, DELETE and batch replay too", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(INGEST, JANE);
  const path = `v1-public-contacts-crud?id=${body.data.id}`;
  const twice = async (send: () => Promise<{ status: number; text: string }>) => {
    const [first, second] = [await send(), await send()];
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    return first.status;
  };
  expect(await twice(() => api.patch(path, { title: "T" }, { "idempotency-key": "patch" }))).toBe(
    200,
  );
  expect(await twice(() => api.delete(path, { "idempotency-key": "delete" }))).toBe(200);
  const contacts = [JANE, { email: "bad" }];
  expect(
    await twice(() =>
      api.post("v1-public-contacts-batch", { contacts }, { "idempotency-key": "batch" })
    ),
  ).toBe(207);
});

test.each<[string, Record<string, string>]>([
  ["a space first", { "idempotency-key": "\x20\t" }],
  ["256 characters", { "idempotency-key": "x".repeat(256) }],
  ["two different keys", { "idempotency-key": "a", "x-idempotency-key": "b" }],
])("refuses %s", async (_name, headers) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(INGEST, JANE, headers);
  expect([status, body.error.details.fields[0].field]).toEqual([400, "Idempotency-Key"]);
});

test("a request killed between its write and its answer, then retried, made one contact", async () => {
  const { url, gateway, proxy } = await proxiedGateway();
  const workspace = await testWorkspace({}, url);
  await workspace.api.get("v1-public-contacts-crud");
  proxy.onCommitted(() => gateway.child.kill("SIGKILL"));
  const headers = { "idempotency-key": "survivor" };
  await expect(workspace.api.post(INGEST, JANE, headers)).rejects.toThrow(
    /fetch failed|terminated/,
  );
  const restarted = await testGateway();
  const retry = await new ApiClient(restarted.url, workspace.api.key).post(INGEST, JANE, headers);
  expect([retry.status, retry.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
  expect(await stored(workspace.id)).toEqual({ contacts: 1, notes: 1, used: 1 });
});
