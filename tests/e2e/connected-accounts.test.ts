import { expect, test } from "vitest";
import { expectLioError, lioWorld } from "../support/lio.ts";
import { GMAIL_TOKEN } from "../support/providers/lasting-gmail.ts";
import { SLACK_TOKEN } from "../support/providers/slack-api.ts";

const ACCOUNTS = "v1-public-connected-accounts";

test("apps are connected and disconnected through the native API, which answers no secret", async () => {
  const { workspace: { api }, admin, user } = await lioWorld();
  const rep = await user("rep");
  const slack = { provider: "slack", access_token: SLACK_TOKEN, channel: "#general" };
  const rehearsed = async (channel: string) =>
    (await api.post(`${ACCOUNTS}?dry_run=true`, { ...slack, channel })).body.data;
  expect(await rehearsed("#sales")).toMatchObject({ outcome: "created" });
  const made = await api.post(ACCOUNTS, { ...slack, access_token: "xoxb-revoked" });
  expect([made.status, made.body.data]).toEqual([
    201,
    expect.objectContaining({
      provider: "slack",
      user_id: null,
      settings: { channel: "#general" },
      status: "connected",
      last_error: null,
    }),
  ]);
  expect((await admin.api.get("slack/channels")).status).toBe(409);
  expect(await rehearsed("#sales")).toMatchObject({
    outcome: "updated",
    id: made.body.data.id,
    changes: {
      settings: { from: { channel: "#general" }, to: { channel: "#sales" } },
      status: { from: "error", to: "connected" },
    },
  });
  const again = await api.post(ACCOUNTS, slack);
  expect(again.body.data.id).toBe(made.body.data.id);
  expect((await admin.api.get("slack/channels")).status).toBe(200);
  const { status, body } = await api.post(ACCOUNTS, {
    provider: "google",
    user_id: rep.id,
    access_token: `google-plain-${rep.id}`,
    refresh_token: "refresh-me",
  });
  expect([status, body.data.user_id]).toEqual([201, rep.id]);
  expect((await rep.api.get("calendar/google/events")).status).toBe(200);
  const list = await api.get(ACCOUNTS);
  expect(list.body.data.items).toHaveLength(2);
  for (const secret of [SLACK_TOKEN, "refresh-me", "google-plain", "secrets"]) {
    expect(list.text + made.text + again.text).not.toContain(secret);
  }
  expect((await api.delete(`${ACCOUNTS}?id=${body.data.id}`)).status).toBe(200);
  expectLioError(await rep.api.get("calendar/google/events"), 409, "not_connected", "google");
});

test("whose an app is follows from which it is", async () => {
  const { workspace: { api, id }, admin } = await lioWorld();
  const given = { access_token: "a-token" };
  const mistakes = async (body: object) => {
    const { status, body: told } = await api.post(ACCOUNTS, { ...given, ...body });
    expect(status).toBe(400);
    return told.error.details.fields.map(({ field }: { field: string }) => field);
  };
  expect(await mistakes({ provider: "google" })).toEqual(["user_id"]);
  expect(await mistakes({ provider: "hubspot", user_id: admin.id, channel: "#a" }))
    .toEqual(["user_id", "channel"]);
  expect(await mistakes({ provider: "microsoft", user_id: id })).toEqual(["user_id"]);
  expect(await mistakes({ provider: "teams" })).toEqual(["provider"]);
  expect(await mistakes({ provider: "slack", access_token: "two\nlines" }))
    .toEqual(["access_token"]);
});

test("of a user whose default mail account is disconnected, the oldest of the others is it", async () => {
  const { workspace: { api }, admin } = await lioWorld();
  const add = (from_address: string) =>
    admin.api.made("mail-configurations/add", {
      mailer: "gmail",
      from_address,
      from_name: "Ada",
      password: GMAIL_TOKEN,
    });
  for (const name of ["first", "second", "third"]) await add(`${name}@gmail.example`);
  const { body } = await api.get(`${ACCOUNTS}?sort_order=asc`);
  const [first] = body.data.items;
  expect(first).toMatchObject({ from_address: "first@gmail.example", is_default: true });
  const dry = await api.delete(`${ACCOUNTS}?id=${first.id}&dry_run=true`);
  expect(dry.body.data).toMatchObject({ outcome: "deleted", record: first });
  expect((await api.delete(`${ACCOUNTS}?id=${first.id}`)).status).toBe(200);
  expect(await admin.api.read("mail-configurations/list?order_in=asc")).toMatchObject([
    { from_address: "second@gmail.example", is_default: true },
    { from_address: "third@gmail.example", is_default: false },
  ]);
});
