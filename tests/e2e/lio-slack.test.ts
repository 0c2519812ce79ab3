import { expect, test } from "vitest";
import { expectLioError, expectLioFields, LioClient } from "../support/lio.ts";
import { appWorld } from "../support/lio-apps.ts";
import { asOwner } from "../support/workspace.ts";
import { testGateway } from "../support/gateway.ts";
import {
  ratelimited,
  REVOKED_SLACK_TOKEN,
  SLACK_TOKEN,
  slackApi,
} from "../support/providers/slack-api.ts";

const TEST = "slack/test-notification";

test("the channels that are not archived are listed", async () => {
  const { admin: { api } } = await appWorld();
  const general = { is_private: false, is_member: true, num_members: 4 };
  expect((await api.get("slack/channels")).body).toEqual({
    success: true,
    message: "Slack channels fetched",
    data: [
      { ...general, id: "C012AB3CD", name: "general" },
      { id: "C0PRIVATE", name: "sales", is_private: true, is_member: true, num_members: 3 },
      { ...general, id: "C0OUTSIDE", name: "random", is_member: false },
    ],
    total: 3,
    page: 1,
    limit: 10,
  });
  expect((await api.get("slack/channels?page=2&limit=2")).body)
    .toMatchObject({ data: [{ name: "random" }], total: 3 });
});

test("a test notification is posted, once under an idempotency key", async () => {
  const { admin: { api } } = await appWorld();
  expect(await api.done(TEST, { channel: "#general" }))
    .toEqual({ channel: "C012AB3CD", ts: expect.stringMatching(/^\d+\.\d+$/), event_type: "test" });
  const headers = { "idempotency-key": crypto.randomUUID() };
  const send = () => api.post(TEST, { channel: "C0PRIVATE", event_type: "deal_won" }, headers);
  const [first, second] = await Promise.all([send(), send()]);
  expect(first.status, first.text).toBe(200);
  expect(first.body.data).toMatchObject({ channel: "C0PRIVATE", event_type: "deal_won" });
  expect(second.text).toBe(first.text);
});

test("a channel that cannot be posted to is told, and so are other mistakes", async () => {
  const { admin: { api }, user } = await appWorld();
  for (const channel of ["nowhere", "#random", "C0ARCHIVE", " "]) {
    expectLioFields(await api.post(TEST, { channel }), 422, "channel");
  }
  const wrong = await api.post(TEST, { event_type: "deal_one" });
  expectLioFields(wrong, 422, "channel", "event_type");
  expect(wrong.text).toContain("did you mean deal_won?");
  const viewer = await user("viewer");
  expectLioError(
    await viewer.api.post(TEST, { channel: "#general" }),
    403,
    "permission_error",
    "role",
  );
});

test("a token that Slack refuses has to be connected again, another refusal is Slack's", async () => {
  const { admin: { api }, connect } = await appWorld([]);
  for (const token of [REVOKED_SLACK_TOKEN, "xoxb-unknown"]) {
    await connect("slack", token);
    expectLioError(await api.get("slack/channels"), 409, "not_connected", "slack");
    const refused = await api.post(TEST, { channel: "#general" });
    expectLioError(refused, 409, "not_connected", "slack");
    expect(refused.text).not.toContain(token);
    const [, slack] = await api.read("connected-apps/list");
    expect(slack).toMatchObject({ status: "error", last_error: expect.stringContaining("Slack") });
  }
  await connect("slack");
  const [, slack] = await api.read("connected-apps/list");
  expect(slack).toMatchObject({ status: "connected", last_error: null });
});

test("Slack that fails is told with its code, and the key is good for another try", async () => {
  const slack = await slackApi();
  const { url } = await testGateway({ SLACK_API_URL: slack.url });
  const { admin, workspace } = await appWorld();
  const api = new LioClient(url, admin.api.key);
  const headers = { "idempotency-key": crypto.randomUUID() };
  const send = () => api.post(TEST, { channel: "#general" }, headers);
  const failures = [
    [{ status: 200, body: { ok: false, error: "fatal_error" } }, "fatal_error"],
    [ratelimited(30), "ratelimited"],
    [{ status: 500, body: "Oops" }, null],
    [{ status: 200, body: "<html>" }, null],
    [{ status: 200, body: Buffer.alloc(50 * 1024 * 1024, 32) }, null],
    [{ cut: "before" }, null],
  ] as const;
  for (const [mishap, code] of failures) {
    slack.mishaps.push(mishap);
    const failed = await send();
    expectLioError(failed, 502, "provider_error", code);
    expect(failed.text).not.toContain(SLACK_TOKEN);
  }
  expect(slack.seen).toHaveLength(failures.length);
  expect((await send()).status).toBe(200);
  expect((await send()).headers.get("idempotency-replayed")).toBe("true");
  expect(slack.posts).toHaveLength(1);
  const left = "select id from crm.slack_messages where workspace_id = $1";
  expect(await asOwner(left, [workspace.id])).toEqual([]);
  // Reading is tried again.
  slack.mishaps.push({ cut: "after" }, ratelimited(0));
  expect(await api.read("slack/channels")).toHaveLength(3);
});
