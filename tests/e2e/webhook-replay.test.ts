import { expect, test } from "vitest";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { verified, webhookReceiver } from "../support/webhook-receiver.ts";
import { all, deliveries, hurry, leadEvent, tell, webhook } from "../support/webhooks.ts";
import { asOwner, eventually } from "../support/workspace.ts";

test("a delivery is replayed with its id and body, and keeps its attempts", async () => {
  const { id, api } = await leadHub();
  const receiver = await webhookReceiver();
  const made = await webhook(api, receiver.url);
  await tell(id, leadEvent());
  const [first] = await deliveries(api, made, all("succeeded"));
  const path = `integrations/${made.id}/deliveries/${first!.id}/replay`;
  expect(record(await api.send("POST", path), 202)).toEqual({
    ...first,
    status: "pending",
    next_attempt_at: expect.any(String),
  });
  const [again] = await deliveries(api, made, all("succeeded"));
  expect(again!.attempts).toHaveLength(2);
  expect(again!.attempts[0]).toEqual(first!.attempts[0]);
  const [one, two] = receiver.requests;
  expect(two!.body).toBe(one!.body);
  expect(two!.headers["webhook-id"]).toBe(one!.headers["webhook-id"]);
  expect(verified(two!, made.settings.secret)).toEqual(verified(one!, made.settings.secret));
});

test("a replay begins the attempts anew, whatever was to come", async () => {
  const { id, api } = await leadHub();
  const receiver = await webhookReceiver(500, 500);
  const made = await webhook(api, receiver.url);
  await tell(id, leadEvent());
  const [first] = await deliveries(api, made, ([one]) => one?.attempts.length === 2);
  const path = `integrations/${made.id}/deliveries/${first!.id}/replay`;
  record(await api.send("POST", path), 202);
  const [done] = await deliveries(api, made, all("succeeded"));
  expect(done!.attempts).toHaveLength(3);
  // What was to try it later leaves it alone.
  await hurry(id);
  await eventually(async () =>
    (await asOwner("select from crm.jobs where workspace_id = $1", [id])).length === 0
  );
  expect(receiver.requests).toHaveLength(3);
});

test("the deliveries of a time are replayed, by status where it is asked for", async () => {
  const { id, api } = await leadHub();
  const receiver = await webhookReceiver(410);
  const made = await webhook(api, receiver.url);
  await tell(id, leadEvent());
  const [gone] = await deliveries(api, made, all("failed"));
  await api.patch(`integrations/${made.id}`, { is_active: true });
  await tell(id, leadEvent(), leadEvent());
  await deliveries(
    api,
    made,
    (found) => found.filter((one) => one.status === "succeeded").length > 1,
  );
  const path = `integrations/${made.id}/deliveries/replay`;
  const [from, to] = [gone!.created_at, "2999-01-01T00:00:00Z"];
  expect(record(await api.post(path, { from, to, status: "failed" }), 202)).toEqual({
    replayed: 1,
  });
  await deliveries(api, made, all("succeeded"));
  expect(record(await api.post(path, { from, to: from }), 202)).toEqual({ replayed: 1 });
  expect(record(await api.post(path, { from: "2020-01-01", to: "2020-01-02" }), 202))
    .toEqual({ replayed: 0 });
  expect(record(await api.post(path, { from, to, status: "failed" }), 202)).toEqual({
    replayed: 0,
  });
  await deliveries(api, made, all("succeeded"));
  expect(receiver.requests).toHaveLength(5);
});

test("of a long time a job replays what is beyond the first thousand", async () => {
  const { id, api } = await leadHub();
  const made = await webhook(api, (await webhookReceiver()).url);
  // Not sent: the webhook is paused by then.
  await asOwner("update crm.integrations set is_active = false where workspace_id = $1", [id]);
  await asOwner(
    `insert into crm.webhook_deliveries
        (workspace_id, integration_id, webhook_id, cause, event_type, body, status, created_at)
      select workspace_id, id, 'msg_' || n, n::text, 'lead.created', '{}', 'failed',
        now() - n * interval '1 s' from crm.integrations, generate_series(1, 2500) n
      where workspace_id = $1`,
    [id],
  );
  const path = `integrations/${made.id}/deliveries/replay`;
  const range = { from: "2020-01-01", to: "2999-01-01", status: "failed" };
  expect(record(await api.post(path, range), 202)).toEqual({ replayed: 2500 });
  await expect.poll(() =>
    asOwner(
      "select from crm.webhook_deliveries where workspace_id = $1 and status = 'failed' limit 1",
      [id],
    )
  ).toEqual([]);
});

test("each mistake of a replay is told by field; what is not there is missing", async () => {
  const { api } = await leadHub();
  const made = await webhook(api, (await webhookReceiver()).url);
  const path = `integrations/${made.id}/deliveries`;
  expectInvalid(await api.post(`${path}/replay?x=1`, { form: 1, status: "gone" }), {
    x: ["Unknown; none are known here."],
    from: ["The from field is required."],
    to: ["The to field is required."],
    form: ["Unknown; did you mean from?"],
    status: ["Must be one of pending, succeeded, failed."],
  });
  expectInvalid(await api.post(`${path}/replay`, { from: "2026-01-02", to: "2026-01-01" }), {
    to: ["Must not be before from."],
  });
  const times = { from: "2026-01-01", to: "2026-01-02" };
  expectMissing(
    await api.post("integrations/1/deliveries/replay", times),
    "No integration with id 1.",
  );
  expectMissing(await api.send("POST", `${path}/1/replay`), "No delivery with id 1.");
  expectMissing(await api.get("integrations/1/deliveries"), "No integration with id 1.");
  const other = await leadHub();
  expectMissing(await other.api.get(path), `No integration with id ${made.id}.`);
});
