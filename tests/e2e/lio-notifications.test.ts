import { expect, test } from "vitest";
import { withClaims } from "../support/acting-user.ts";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { signalWorld } from "../support/lio-signals.ts";
import { asOwner } from "../support/workspace.ts";

test("whom a lead is given to, and whose lead is hot, is notified, and marks it read", async () => {
  const { admin, user, lead } = await signalWorld();
  const rep = await user("rep");
  const jane = await lead({ first_name: "Jane", last_name: "Roe", assigned_to: rep.number });
  await admin.api.made("v1/intent-signal", { lead_id: jane, signal_type: "demo_requested" });
  await admin.api.made("v1/intent-signal", { lead_id: jane, signal_type: "email_opened" });
  const { body } = await rep.api.get("notification/list");
  expect(body).toMatchObject({ success: true, total: 2, page: 1, limit: 10, unread: 2 });
  const [hot, assigned] = body.data;
  expect(hot).toEqual({
    id: expect.any(Number),
    type_id: 2,
    type: "hot_lead",
    title: "Jane Roe asked for a demo",
    body: null,
    is_read: false,
    read_at: null,
    subject_type: "lead",
    subject_id: jane,
    created_at: TIME,
  });
  expect(assigned).toMatchObject({ type_id: 1, type: "lead_assigned", subject_id: jane });
  expect((await admin.api.get("notification/list")).body).toMatchObject({ data: [], unread: 0 });
  const read = (ids: number[], { api } = rep) => api.done("notification/read", { ids });
  expect(await read([hot.id], admin)).toEqual({ updated: 0, unread: 0 });
  expect(await read([hot.id, hot.id, 999_999_999])).toEqual({ updated: 1, unread: 1 });
  expect(await read([hot.id])).toEqual({ updated: 0, unread: 1 });
  const found = async (query: string) =>
    (await rep.api.read(`notification/list?${query}`)).map(({ id }: { id: number }) => id);
  expect(await found("is_read=true")).toEqual([hot.id]);
  expect(await found("is_read=0")).toEqual([assigned.id]);
  expect(await found("type_id=1")).toEqual([assigned.id]);
  expect(await found("type_id=1,2&order_in=asc&limit=1&page=2")).toEqual([hot.id]);
});

test("who takes a lead themselves is not told, nor who has it already", async () => {
  const { workspace, admin, user, lead } = await signalWorld();
  const rep = await user("rep");
  const jane = await lead({ first_name: "Jane", assigned_to: rep.number });
  const count = async () => (await rep.api.get("notification/list")).body.total;
  expect(await count()).toBe(1);
  await asOwner("update crm.leads set notes = 'x' where workspace_id = $1 and number = $2", [
    workspace.id,
    jane,
  ]);
  expect(await count()).toBe(1);
  const own = await lead({ first_name: "Own" });
  await withClaims(
    workspace.id,
    rep.id,
    "update crm.leads set assigned_to = $1 where number = $2",
    [
      rep.id,
      own,
    ],
  );
  expect(await count()).toBe(1);
  await withClaims(
    workspace.id,
    admin.id,
    "update crm.leads set assigned_to = $1 where number = $2",
    [
      admin.id,
      own,
    ],
  );
  expect((await admin.api.get("notification/list")).body.total).toBe(0);
});

test("what cannot be is refused, by field; a Viewer reads their own", async () => {
  const { user, keyed } = await signalWorld();
  const viewer = await user("viewer");
  const read = (body: object) => viewer.api.post("notification/read", body);
  expectLioFields(await read({}), 422, "ids");
  expectLioFields(await read({ ids: [] }), 422, "ids");
  expectLioFields(await read({ ids: ["1", 0], all: true }), 422, "ids[0]", "ids[1]", "all");
  expect((await read({ ids: [1] })).status).toBe(200);
  const list = (query: string) => viewer.api.get(`notification/list?${query}`);
  expectLioFields(await list("is_read=yes&type_id=9"), 400, "is_read", "type_id");
  expectLioFields(await list("limit=501&page=0&pages=2"), 400, "page", "limit", "pages");
  const api = await keyed();
  expectLioError(await api.get("notification/list"), 401, "authentication_error", "token_missing");
});
