import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { secretBox } from "../../shared/auth/secret-box.ts";
import { type App, noteAccountFailure, type UsedAccount } from "../../shared/connected/account.ts";
import { openAccount } from "../../shared/connected/open-account.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import { apiDatabase } from "../support/as-role.ts";
import { connectApp, connectTestAccount } from "../support/connected-accounts.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { tokenEndpoint } from "../support/providers/token-endpoint.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const CLIENT = { clientId: "client", clientSecret: "its-secret", refreshToken: "refresh-0" };
const CREDENTIALS = {
  access_token: "access-0",
  refresh_token: CLIENT.refreshToken,
  client_id: CLIENT.clientId,
  client_secret: CLIENT.clientSecret,
};

async function world(provider: App, credentials: Record<string, string> = CREDENTIALS) {
  const tokens = await tokenEndpoint(CLIENT);
  const { id: workspaceId } = await testWorkspace();
  const { id } = await connectApp(workspaceId, provider, { credentials });
  const box = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
  const env = {
    GOOGLE_TOKEN_URL: tokens.url,
    GOOGLE_CLIENT_ID: "this-server",
    GOOGLE_CLIENT_SECRET: "its-own-secret",
  };
  const opening = () => {
    const actor = { kind: "key", id: randomUUID() } as const;
    const acting = { workspaceId, actor, scopes: [], requestId: "test" };
    return { workspace: new Workspace(apiDatabase(), acting), secrets: () => box, env };
  };
  const open = async () => {
    const account = await openAccount(opening(), { id });
    if (account === null) throw new Error("there is no account");
    return account;
  };
  const row = async () =>
    (await asOwner<{ status: string; last_error: string; version: number }>(
      "select status, last_error, version from crm.connected_accounts where id = $1",
      [id],
    ))[0];
  const note = (account: UsedAccount, error: string | null) =>
    opening().workspace.write([noteAccountFailure(account, error)]);
  return { tokens, workspaceId, open, row, note };
}

const sent = async (access: { headers(): Promise<Record<string, string>> }) =>
  (await access.headers()).Authorization;

test("of many that find the access refused one renews it, and all get the new one", async () => {
  const { tokens, open, row } = await world("google");
  // Each with a pool of its own, as if it were another process.
  const accounts = await Promise.all(Array.from({ length: 6 }, open));
  tokens.isRotating = true;
  expect(await sent(accounts[0]!.access)).toBe("Bearer access-0");
  const renewed = await Promise.all(accounts.map(({ access }) => access.renew?.()));
  expect(renewed).toEqual(accounts.map(() => true));
  expect(tokens.seen).toHaveLength(1);
  const [token] = tokens.tokens;
  for (const { access } of accounts) expect(await sent(access)).toBe(`Bearer ${token}`);
  expect(await sent((await open()).access)).toBe(`Bearer ${token}`);
  expect(await row()).toEqual({ status: "connected", last_error: null, version: 2 });
  // By the refresh token that came with it.
  expect(await (await open()).access.renew?.()).toBe(true);
  expect(tokens.seen).toHaveLength(2);
});

test("an access that has ended is renewed before it is used", async () => {
  const ended = { ...CREDENTIALS, expires_at: "2020-01-01T00:00:00Z" };
  const { tokens, open } = await world("google", ended);
  expect(await sent((await open()).access)).toBe(`Bearer ${[...tokens.tokens][0]}`);
});

test("what somebody consented to is renewed by the app that this server is", async () => {
  const { access_token, refresh_token } = CREDENTIALS;
  const { tokens, open } = await world("google", { access_token, refresh_token });
  const registered = { clientId: "this-server", clientSecret: "its-own-secret" };
  Object.assign(tokens.client, registered);
  expect(await (await open()).access.renew?.()).toBe(true);
});

test("one that is not renewed any more is told of the account", async () => {
  const { tokens, open, row } = await world("google");
  tokens.client.refreshToken = "another";
  expect(await (await open()).access.renew?.()).toBe(false);
  const words = "Google does not take the access any more.";
  expect(await row()).toMatchObject({ status: "error", last_error: words });
  const { open: other, row: its } = await world("slack", { access_token: "xoxb-1" });
  expect(await (await other()).access.renew?.()).toBe(false);
  expect(await its()).toMatchObject({ status: "error" });
});

test("an account that is connected anew while its access is renewed keeps what it was given, and no failure", async () => {
  const { tokens, workspaceId, open, row, note } = await world("google");
  const found = { status: "connected", last_error: null };
  for (const [version, refreshToken] of [[2, "another"], [3, CLIENT.refreshToken]] as const) {
    const access_token = `given-${version}`;
    const credentials = { ...CREDENTIALS, access_token };
    tokens.client.refreshToken = refreshToken;
    tokens.meanwhile = () => connectApp(workspaceId, "google", { credentials });
    const account = await open();
    expect(await account.access.renew?.()).toBe(true);
    expect(await sent(account.access)).toBe(`Bearer ${access_token}`);
    expect([account.version(), await row()]).toEqual([version, { ...found, version }]);
    expect(await sent((await open()).access)).toBe(`Bearer ${access_token}`);
  }
  tokens.mishaps = [{ status: 500 }];
  tokens.meanwhile = () => Promise.resolve();
  const { access, ...used } = await open();
  await expect(access.renew?.()).rejects.toThrow("could not be renewed");
  await connectApp(workspaceId, "google", { credentials: CREDENTIALS });
  await note(used, "It failed.");
  expect(await row()).toEqual({ ...found, version: 4 });
  await note(await open(), "It failed.");
  expect(await row()).toMatchObject({ status: "error", last_error: "It failed." });
});

test("of tokens that cannot be renewed, those that replaced them meanwhile are used", async () => {
  const { workspaceId, open, row } = await world("slack", { access_token: "xoxb-1" });
  const { access } = await open();
  await connectApp(workspaceId, "slack", { credentials: { access_token: "xoxb-2" } });
  expect(await access.renew?.()).toBe(true);
  expect(await sent(access)).toBe("Bearer xoxb-2");
  expect(await row()).toEqual({ status: "connected", last_error: null, version: 2 });
});

test("an app replaces the one before; of mail accounts a user has several, one by default", async () => {
  const { workspaceId, row } = await world("google");
  await connectApp(workspaceId, "google", { credentials: { access_token: "another" } });
  expect(await row()).toMatchObject({ version: 2 });
  const [made] = await asOwner<{ id: string }>(
    "insert into crm.users (workspace_id, name, email) values ($1, 'Ada', 'ada@example.com') returning id",
    [workspaceId],
  );
  const userId = made?.id ?? "";
  await connectApp(workspaceId, "google", { userId, credentials: { access_token: "theirs" } });
  const mail = {
    provider: "gmail",
    userId,
    secrets: { access_token: "a" },
    fromName: "A",
  } as const;
  await Promise.all(
    [1, 2, 3].map((i) =>
      connectTestAccount(workspaceId, { ...mail, fromAddress: `a${i}@example.com` })
    ),
  );
  const [counts] = await asOwner(
    `select count(*) filter (where is_mail)::int as mail, count(*) filter (where is_default)::int as defaults,
      count(*) filter (where provider = 'google')::int as apps,
      count(*) filter (where secrets like '%access%')::int as readable
     from crm.connected_accounts where workspace_id = $1`,
    [workspaceId],
  );
  expect(counts).toEqual({ mail: 3, defaults: 1, apps: 2, readable: 0 });
});
