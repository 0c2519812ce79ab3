import { expect, test } from "vitest";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { signalWorld } from "../support/lio-signals.ts";

const MISSING = 999_999_999;

test("a signal is logged at either path, and raises an alert that can be acknowledged once", async () => {
  const { admin, lead } = await signalWorld();
  const jane = await lead({ first_name: "Jane", last_name: "Roe", email: "jane@acme.com" });
  const signal = await admin.api.made("v1/intent-signal", {
    lead_id: jane,
    signal_type: "demo_requested",
    signal_detail: { page: "/demo", "größe": 1.50 },
    source: "Website",
    occurred_at: "2026-06-15T11:14:32+02:00",
  });
  expect(signal).toEqual({
    id: expect.any(Number),
    lead_id: jane,
    signal_type: "demo_requested",
    signal_detail: { page: "/demo", "größe": 1.5 },
    source: "Website",
    occurred_at: "2026-06-15T09:14:32.000Z",
    points: 30,
    created_at: TIME,
  });
  const plain = await admin.api.made("intent-alert/signal", {
    lead_id: jane,
    signal_type: "email_opened",
  });
  expect(plain).toMatchObject({ signal_detail: null, source: null, points: 3, occurred_at: TIME });
  const { body } = await admin.api.get("intent-alert/list");
  expect(body).toMatchObject({ total: 1, page: 1, limit: 10 });
  const [alert] = body.data;
  expect(alert).toEqual({
    id: expect.any(Number),
    lead_id: jane,
    lead_name: "Jane Roe",
    signal_id: signal.id,
    signal_type: "demo_requested",
    signal_detail: { page: "/demo", "größe": 1.5 },
    message: "Jane Roe asked for a demo",
    assigned_to: null,
    is_acknowledged: false,
    acknowledged_by: null,
    acknowledged_at: null,
    occurred_at: "2026-06-15T09:14:32.000Z",
    created_at: TIME,
  });
  const path = `intent-alert/acknowledge/${alert.id}`;
  const done = await admin.api.done(path, {});
  expect(done).toEqual({
    ...alert,
    is_acknowledged: true,
    acknowledged_by: admin.number,
    acknowledged_at: TIME,
  });
  expect(await admin.api.done(path, {})).toEqual(done);
});

test("alerts are listed by lead, owner and day, and of one lead", async () => {
  const { admin, user, lead } = await signalWorld();
  const rep = await user("rep");
  const own = await lead({ first_name: "Own", assigned_to: rep.number });
  const other = await lead({ first_name: "Other" });
  const log = (lead_id: number, day: string) =>
    admin.api.made("v1/intent-signal", {
      lead_id,
      signal_type: "reply_received",
      occurred_at: `2026-06-${day}T23:59:59Z`,
    });
  const [first, second] = [await log(own, "01"), await log(own, "02")];
  const third = await log(other, "03");
  const found = async (query: string) =>
    (await admin.api.read(`intent-alert/${query}`)).map(({ signal_id }: { signal_id: number }) =>
      signal_id
    );
  expect(await found("list")).toEqual([third.id, second.id, first.id]);
  expect(await found("list?order_in=ASC&limit=1&page=2")).toEqual([second.id]);
  expect(await found(`list?lead_id=${own}`)).toEqual([second.id, first.id]);
  expect(await found(`list?assigned_to_id=${rep.number}&to_date=2026-06-01`)).toEqual([first.id]);
  expect(await found("list?from_date=2026-06-02&to_date=2026-06-03")).toEqual([
    third.id,
    second.id,
  ]);
  expect(await found(`lead/${other}`)).toEqual([third.id]);
  expectLioError(await admin.api.get(`intent-alert/lead/${MISSING}`), 404, "not_found");
  expectLioFields(await admin.api.get("intent-alert/lead/none"), 400, "leadId");
  expectLioFields(
    await admin.api.get("intent-alert/list?from_date=2026-06-03&to_date=2026-06-02&leed_id=1"),
    400,
    "leed_id",
  );
  expectLioFields(
    await admin.api.get("intent-alert/list?from_date=2026-06-03&to_date=2026-06-02"),
    400,
    "from_date",
  );
});

test("hot leads are those whose signals are worth 25 points now, the greatest first", async () => {
  const { admin, user, lead, age } = await signalWorld();
  const rep = await user("rep");
  const hot = await lead({ first_name: "Hot", company: "Acme", assigned_to: rep.number });
  const faded = await lead({ first_name: "Faded" });
  const warm = await lead({ email: "warm@acme.com" });
  const log = (lead_id: number, signal_type: string) =>
    admin.api.made("v1/intent-signal", { lead_id, signal_type });
  await log(hot, "demo_requested");
  await log(hot, "reply_received");
  await log(faded, "demo_requested");
  await age(faded, 14);
  await log(warm, "reply_received");
  await log(warm, "email_opened");
  await age(warm, 1);
  const { body } = await admin.api.get("intent-alert/hot-leads");
  expect(body).toMatchObject({ success: true, total: 2, page: 1, limit: 10 });
  expect(body.data).toEqual([
    {
      lead_id: hot,
      name: "Hot",
      company: "Acme",
      score: expect.any(Number),
      intent_score: 50,
      signal_count: 2,
      last_signal_type: "reply_received",
      last_signal_at: TIME,
      assigned_to: rep.number,
    },
    expect.objectContaining({
      lead_id: warm,
      name: "warm@acme.com",
      company: null,
      intent_score: 26.6,
    }),
  ]);
  const ids = async (query: string) =>
    (await admin.api.read(`intent-alert/hot-leads?${query}`)).map((
      { lead_id }: { lead_id: number },
    ) => lead_id);
  expect(await ids("limit=1")).toEqual([hot]);
  expect(await ids(`assigned_to_id=${rep.number}`)).toEqual([hot]);
  expect(await ids("signal_type=email_opened")).toEqual([warm]);
  expectLioFields(
    await admin.api.get("intent-alert/hot-leads?limit=101&signal_type=none"),
    400,
    "limit",
    "signal_type",
  );
});

test("a signal that cannot be is refused, by field", async () => {
  const { admin, lead } = await signalWorld();
  const known = await lead({ first_name: "Jane" });
  const post = (body: object) => admin.api.post("v1/intent-signal", body);
  expectLioFields(await post({}), 422, "lead_id", "signal_type");
  expectLioFields(await post({ lead_id: "1", signal_type: "wave" }), 422, "lead_id", "signal_type");
  expectLioFields(await post({ lead_id: MISSING, signal_type: "manual" }), 422, "lead_id");
  const signal = (more: object) => post({ lead_id: known, signal_type: "manual", ...more });
  expectLioFields(await signal({ occurred_at: "2026-06-15" }), 422, "occurred_at");
  const ahead = new Date(Date.now() + 10 * 60_000).toISOString();
  expectLioFields(await signal({ occurred_at: ahead }), 422, "occurred_at");
  expectLioFields(await signal({ signal_detail: { points: 51 } }), 422, "signal_detail.points");
  expectLioFields(await signal({ signal_detail: [] }), 422, "signal_detail");
  expectLioFields(await signal({ signal_detail: { a: "x".repeat(8_192) } }), 422, "signal_detail");
  expectLioFields(await signal({ source: "x".repeat(101), sourse: "x" }), 422, "source", "sourse");
  expect(
    (await admin.api.made("v1/intent-signal", {
      lead_id: known,
      signal_type: "manual",
      signal_detail: { points: 42 },
    })).points,
  ).toBe(42);
});
