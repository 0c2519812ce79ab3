import { expect, test } from "vitest";
import { leadHub, type LeadHubClient, record } from "../support/leadhub.ts";
import { TIME } from "../support/leadhub-records.ts";
import { stubServer } from "../support/stub-server.ts";
import {
  laterAnswer,
  type Received,
  verified,
  webhookReceiver,
} from "../support/webhook-receiver.ts";
import { all, deliveries, hurry, leadEvent, tell, webhook } from "../support/webhooks.ts";

const SOON = 10_000;

test("an event is one signed POST, kept as a delivery with its attempt", async () => {
  const { id, api } = await leadHub();
  const receiver = await webhookReceiver();
  const made = await webhook(api, receiver.url);
  const event = leadEvent();
  await tell(id, event, leadEvent({ type: "lead.deleted" }));
  const [delivery, ...others] = await deliveries(api, made, all("succeeded"));
  expect(others).toEqual([]);
  expect(delivery).toEqual({
    id: expect.any(Number),
    webhook_id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
    event_type: "lead.created",
    status: "succeeded",
    attempts: [{ at: TIME, status_code: 204, error: null, duration_ms: expect.any(Number) }],
    next_attempt_at: null,
    created_at: TIME,
  });
  const [request, ...more] = receiver.requests;
  expect(more).toEqual([]);
  expect(request).toMatchObject({ method: "POST", path: "/hook?of=shop" });
  expect(request!.headers).toMatchObject({
    "content-type": "application/json",
    "webhook-id": delivery!.webhook_id,
  });
  const { type, at: timestamp, data } = event;
  expect(verified(request!, made.settings.secret)).toEqual({ type, timestamp, data });
});

test("nobody is told who did not ask, is inactive or was told already", async () => {
  const { id, api } = await leadHub();
  const receiver = await webhookReceiver();
  const asked = await webhook(api, receiver.url);
  const silent = await webhook(api, receiver.url, { events: [] });
  const off = await webhook(api, receiver.url);
  await api.patch(`integrations/${off.id}`, { is_active: false });
  const event = leadEvent();
  await tell(id, event);
  await tell(id, event, { ...event, type: "lead.tag_added" });
  await deliveries(api, asked, all("succeeded"));
  for (const other of [silent, off]) {
    expect(await api.listed(`integrations/${other.id}/deliveries`)).toEqual([]);
  }
  expect(receiver.requests).toHaveLength(1);
});

test("each attempt has the same id and body, and a time and signature of its own", async () => {
  const { id, api } = await leadHub();
  const second = laterAnswer();
  const receiver = await webhookReceiver(500, second.answer, 204);
  const made = await webhook(api, receiver.url);
  await tell(id, leadEvent());
  const [first] = await deliveries(api, made, ([one]) => one?.attempts.length === 1);
  expect(first).toMatchObject({
    status: "pending",
    attempts: [{ status_code: 500, error: "The receiver answered 500." }],
  });
  const wait = Date.parse(first!.next_attempt_at) - Date.parse(first!.attempts[0].at);
  expect(wait).toBeGreaterThanOrEqual(5_000);
  expect(wait).toBeLessThan(5_000 + SOON);
  second.give(302);
  await deliveries(api, made, ([one]) => one?.attempts.length === 2);
  await hurry(id);
  const [last] = await deliveries(api, made, all("succeeded"));
  expect(last!.attempts.map((one: { error: string }) => one.error)).toEqual([
    "The receiver answered 500.",
    "The receiver answered 302. Redirects are not followed.",
    null,
  ]);
  expect(receiver.requests).toHaveLength(3);
  for (const request of receiver.requests) {
    expect(request.body).toBe(receiver.requests[0]!.body);
    expect(request.headers["webhook-id"]).toBe(first!.webhook_id);
    expect(verified(request, made.settings.secret)).toMatchObject({ type: "lead.created" });
  }
  const times = receiver.requests.map(({ headers }) => Number(headers["webhook-timestamp"]));
  expect(times[1]).toBeGreaterThanOrEqual(times[0]! + 5);
});

test("it is tried again after 5 s, 5 min, 30 min, 2 h, 5 h and 16 h, then paused", async () => {
  const { id, api } = await leadHub();
  const second = laterAnswer();
  const receiver = await webhookReceiver(503, second.answer, ...Array(5).fill(503));
  const made = await webhook(api, receiver.url);
  await tell(id, leadEvent());
  const waits: number[] = [];
  for (let tries = 1; tries < 7; tries++) {
    const [one] = await deliveries(api, made, ([found]) => found?.attempts.length === tries);
    expect(one!.status).toBe("pending");
    waits.push((Date.parse(one!.next_attempt_at) - Date.parse(one!.attempts.at(-1).at)) / 1000);
    second.give(503);
    await hurry(id, tries);
  }
  [5, 300, 1_800, 7_200, 18_000, 57_600].forEach((seconds, at) => {
    expect(waits[at]).toBeGreaterThanOrEqual(seconds);
    expect(waits[at]).toBeLessThan(seconds + SOON / 1000);
  });
  const [last] = await deliveries(api, made, all("failed"));
  expect(last).toMatchObject({ next_attempt_at: null });
  expect(last!.attempts).toHaveLength(7);
  expect(record(await api.get(`integrations/${made.id}`))).toMatchObject({
    status: "paused",
    is_active: true,
    last_error: "The receiver answered 503.",
  });
  await tell(id, leadEvent());
  expect(await api.listed(`integrations/${made.id}/deliveries`)).toHaveLength(1);
});

/** A webhook whose first delivery was refused twice, and always is: the third try is minutes away. */
async function refusedTwice(api: LeadHubClient, workspaceId: string) {
  const receiver = await webhookReceiver();
  const made = await webhook(api, receiver.url);
  const idOf = (request?: Received) => request?.headers["webhook-id"];
  receiver.otherwise = (request) => idOf(request) === idOf(receiver.requests[0]) ? 503 : 204;
  await tell(workspaceId, leadEvent());
  await deliveries(api, made, ([one]) => one?.attempts.length >= 1);
  await hurry(workspaceId, 1);
  await deliveries(api, made, ([one]) => one?.attempts.length === 2);
  return { receiver, made };
}

test("a delivery that used up its attempts pauses nothing when another got through", async () => {
  const { id, api } = await leadHub();
  const { receiver, made } = await refusedTwice(api, id);
  await tell(id, leadEvent());
  await deliveries(api, made, ([newer]) => newer?.status === "succeeded");
  for (let tries = 3; tries <= 7; tries++) {
    await hurry(id);
    await deliveries(api, made, ([, older]) => older?.attempts.length === tries);
  }
  expect(receiver.requests).toHaveLength(8);
  const [, older] = await api.listed(`integrations/${made.id}/deliveries`);
  expect(older!.status).toBe("failed");
  expect(record(await api.get(`integrations/${made.id}`))).toMatchObject({ status: "active" });
});

test("a 410 pauses at once; what waits goes on when the webhook is set active", async () => {
  const { id, api } = await leadHub();
  const { receiver, made } = await refusedTwice(api, id);
  receiver.answers.push(410);
  await tell(id, leadEvent());
  await deliveries(api, made, ([newer]) => newer?.status === "failed");
  const one = `integrations/${made.id}`;
  expect(record(await api.get(one))).toMatchObject({
    status: "paused",
    last_error: "The receiver answered 410.",
  });
  await hurry(id);
  await deliveries(api, made, ([, older]) => older?.next_attempt_at === null);
  expect(receiver.requests).toHaveLength(3);
  receiver.otherwise = () => 204;
  expect(record(await api.patch(one, { is_active: true }))).toMatchObject({ status: "active" });
  await deliveries(api, made, ([, older]) => older?.status === "succeeded");
  expect(record(await api.get(one))).toMatchObject({ status: "active", last_error: null });
});

test("one that does not answer is given up after 15 s, one that answers without end read in part", async () => {
  const { id, api } = await leadHub();
  const silent = await stubServer(() => {});
  const endless = await stubServer((_, response) => {
    const timer = setInterval(() => response.write("x".repeat(16_384)), 1);
    response.on("close", () => clearInterval(timer));
  });
  const [never, ever] = [await webhook(api, silent), await webhook(api, endless)];
  await tell(id, leadEvent());
  const [full] = await deliveries(api, ever!, all("succeeded"));
  expect(full!.attempts).toMatchObject([{ status_code: 200, error: null }]);
  const [none] = await deliveries(api, never!, ([one]) => one?.attempts.length > 0);
  expect(none!.attempts[0]).toMatchObject({ status_code: null, error: "No answer within 15 s." });
  expect(none!.attempts[0].duration_ms).toBeGreaterThanOrEqual(15_000);
});
