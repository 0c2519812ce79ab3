import { expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { consented, CONSENTS } from "../support/consents.ts";
import { expectError } from "../support/expect-error.ts";
import { expectLioError, type LioRole, lioWorld } from "../support/lio.ts";
import { GMAIL_TOKEN } from "../support/providers/lasting-gmail.ts";
import { SLACK_TOKEN } from "../support/providers/slack-api.ts";

const ACCOUNTS = "v1-public-connected-accounts";

/** A workspace with a user, as the native API and LIO know them. */
async function userWorld(role: LioRole) {
  const { workspace: { api, key }, user } = await lioWorld();
  const made = await user(role);
  return {
    id: made.id,
    lio: made.api,
    native: api.withKey(made.api.key),
    withKey: async () => api.withKey(await key()),
  };
}

const mistakes = ({ status, body }: ApiResponse) => [
  status,
  body.error.details.fields.map(({ field }: { field: string }) => field),
];

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
  const wrong = async (body: object) => mistakes(await api.post(ACCOUNTS, { ...given, ...body }));
  expect(await wrong({ provider: "google" })).toEqual([400, ["user_id"]]);
  expect(await wrong({ provider: "hubspot", user_id: admin.id, channel: "#a" }))
    .toEqual([400, ["user_id", "channel"]]);
  expect(await wrong({ provider: "microsoft", user_id: id })).toEqual([400, ["user_id"]]);
  expect(await wrong({ provider: "teams" })).toEqual([400, ["provider"]]);
  expect(await wrong({ provider: "slack", access_token: "two\nlines" }))
    .toEqual([400, ["access_token"]]);
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

test("a Rep's mail accounts and calendars are connected by their consent, and no token is answered", async () => {
  const { id, lio, native } = await userWorld("rep");
  const offered = await native.get(CONSENTS);
  const providers = ["gmail", "outlook", "google", "microsoft"];
  expect(offered.body.data.items.map(({ provider }: { provider: string }) => provider))
    .toEqual(providers);
  for (const provider of providers) {
    const { status, body, text } = await native.post(CONSENTS, await consented(native, provider));
    expect([status, body.data]).toEqual([
      201,
      expect.objectContaining({ provider, user_id: id, settings: {}, status: "connected" }),
    ]);
    expect(text).not.toMatch(/token|secret|plain-/);
  }
  expect(await lio.read("mail-configurations/list?order_in=asc")).toMatchObject([
    { mailer: "gmail", from_address: "rita@example.com", from_name: "Rita Møller" },
    { mailer: "outlook", from_address: "rita@contoso.example", from_name: "Rita Møller" },
  ]);
  for (const calendar of ["google", "microsoft"]) {
    expect((await lio.get(`calendar/${calendar}/events`)).status).toBe(200);
  }
});

test("consent for Teams is the workspace's, which an Admin gives once however often they ask", async () => {
  const { lio, native } = await userWorld("admin");
  const body = await consented(native, "teams");
  const key = { "idempotency-key": "once" };
  const answers = await Promise.all([1, 2, 3].map(() => native.post(CONSENTS, body, key)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.body.data).toMatchObject({ provider: "microsoft", user_id: null });
  expect((await lio.get("teams/channels")).status).toBe(200);
  // Without the key it is a code that was used.
  expect(mistakes(await native.post(CONSENTS, body))).toEqual([400, ["code"]]);
});

test("consent that is not whole, or not the caller's to give, connects nothing and says why", async () => {
  const { lio, native, withKey } = await userWorld("rep");
  const post = async (provider: string, more: object = {}, choice?: string) =>
    await native.post(CONSENTS, { ...await consented(native, provider, choice), ...more });
  const other = "v".repeat(43);
  expect(mistakes(await post("google", { code_verifier: other }))).toEqual([400, ["code"]]);
  const elsewhere = { redirect_uri: "https://elsewhere.example/" };
  expect(mistakes(await post("google", elsewhere))).toEqual([400, ["redirect_uri"]]);
  expect(mistakes(await post("microsoft", elsewhere))).toEqual([400, ["code"]]);
  const unticked = await post("gmail", {}, "Allow nothing");
  expect(mistakes(unticked)).toEqual([400, ["code"]]);
  expect(unticked.text).toContain("gmail.send and gmail.readonly");
  expect(mistakes(await post("gmail", { from_name: " " }))).toEqual([400, ["from_name"]]);
  expect(mistakes(await post("google", { from_name: "A", code: "a b", code_verifier: "short" })))
    .toEqual([400, ["code", "code_verifier"]]);
  expect(mistakes(await post("google", { from_name: "A" }))).toEqual([400, ["from_name"]]);
  expect(mistakes(await post("google", { provider: "googel" }))).toEqual([400, ["provider"]]);
  for (
    const [code, told] of [
      ["code-of-a-broken-service", "consent_spent"],
      ["code-of-another-client", "invalid_client"],
    ] as const
  ) {
    const failed = await post("google", { code });
    expectError(failed, 503, "SERVICE_UNAVAILABLE");
    expect([failed.headers.get("retry-after"), failed.text.includes("Google")]).toEqual([
      "30",
      true,
    ]);
    expect(failed.body.error.details).toEqual({ code: told });
  }
  expectError(await post("microsoft", { provider: "teams" }), 403, "FORBIDDEN");
  expectError(await (await withKey()).get(CONSENTS), 403, "FORBIDDEN");
  expectLioError(await lio.get("calendar/google/events"), 409, "not_connected", "google");
  const viewer = await userWorld("viewer");
  expect((await viewer.native.get(CONSENTS)).body.data.items).toEqual([]);
  const theirs = await consented(native, "google");
  expectError(await viewer.native.post(CONSENTS, theirs), 403, "FORBIDDEN");
});
