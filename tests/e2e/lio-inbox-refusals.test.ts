import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { type InboxWorld, inboxWorld, PROVIDERS } from "../support/lio-inbox.ts";
import { keptMail } from "../support/providers/kept-mail.ts";
import { asOwner } from "../support/workspace.ts";

let world: InboxWorld;
beforeAll(async () => {
  world = await inboxWorld();
});
afterAll(() => world.stop());

test("parameters that are missing or wrong are refused, every one at once", async () => {
  const { api, account } = await world.reader("gmail");
  expectLioFields(await api.get("inbox/list"), 400, "config_id");
  expectLioFields(await api.get("inbox/view/18c1"), 400, "config_id");
  const wrong = "folder=spam&unreadOnly=yes&start_date=today&limit=51&page=0&q=1";
  const answer = await api.get(`inbox/list?config_id=x&${wrong}`);
  expectLioFields(
    answer,
    400,
    ...answer.body.error.fields.map(({ field }: { field: string }) => field),
  );
  expect(answer.body.error.fields.map(({ field }: { field: string }) => field).toSorted())
    .toEqual(["config_id", "folder", "limit", "page", "q", "start_date", "unreadOnly"]);
  const at = `inbox/list?config_id=${account.number}`;
  expectLioFields(
    await api.get(`${at}&start_date=2026-02-01&end_date=2026-01-01`),
    400,
    "start_date",
  );
  expectLioFields(await api.get(`${at}&limit=50&page=201`), 400, "page");
  expectLioFields(await api.get(`${at}&search=${"x".repeat(201)}`), 400, "search");
});

test("an account is there for its user alone, and while it is active", async () => {
  const { api, account, other, workspace } = await world.reader("gmail");
  const stranger = await world.reader("gmail");
  const manager = await other("manager");
  const at = `inbox/list?config_id=${account.number}`;
  for (const client of [manager.api, stranger.api]) {
    expectLioError(await client.get(at), 404, "not_found");
  }
  const app = await world.account(workspace.id, "google", manager.user.id);
  expectLioError(await manager.api.get(`inbox/list?config_id=${app.number}`), 404, "not_found");
  expect((await api.get(at)).status).toBe(200);
  await asOwner("update crm.connected_accounts set is_active = false where id = $1", [account.id]);
  expectLioError(await api.get(at), 404, "not_found");
});

test("an account without a server for reading says so", async () => {
  const { api, user, workspace } = await world.reader("smtp");
  const { number } = await world.account(workspace.id, "smtp", user.id, {});
  const answer = await api.get(`inbox/list?config_id=${number}`);
  expectLioError(answer, 409, "not_connected", "mail_account");
});

test("a server in a private network, or without TLS in a public one, is not asked", async () => {
  const { api, user, workspace } = await world.reader("smtp");
  const settings = { imap_port: world.imap.port, smtp_user: "rita@example.com" };
  const hosts = { "10.0.0.1": "tls", "localhost.": "tls", "imap.example.com": "none" };
  for (const [imap_host, smtp_security] of Object.entries(hosts)) {
    const account = await world.account(workspace.id, "smtp", user.id, {
      ...settings,
      imap_host,
      smtp_security,
    });
    const answer = await api.get(`inbox/list?config_id=${account.number}`);
    expectLioError(answer, 502, "provider_error");
    expect(answer.body.error.message).toMatch(
      /private or reserved|OUTBOUND_PRIVATE_NETWORKS|certificate|connection/,
    );
  }
});

describe.each(PROVIDERS)("a mailbox of %s", (provider) => {
  test("has no message with an id that is none", async () => {
    const { api, account, box, list } = await world.reader(provider);
    box.kept.push(keptMail());
    const { data: [{ id }] } = await list();
    const others = [
      "18c1ffff",
      "abc",
      "..",
      "1",
      `${id}0`,
      "7.1.SU5CT1ghAA",
      "7.99.SU5CT1g",
      "8.1.SU5CT1g",
    ]
      .concat("AAMkAGI2T999=", "7.1.Tk9ORQ", "💥", "a/b", "7.1.QQ0KQSBMT0dPVVQ", "x".repeat(3_000));
    for (const one of others) {
      const path = `inbox/view/${encodeURIComponent(one)}?config_id=${account.number}`;
      const { status, body } = await api.get(path.replace("/..?", "/%2e%2e%2f?"));
      expect([one, status, body.error?.type]).toEqual([one, 404, "not_found"]);
    }
    expect(await api.read(`inbox/view/${encodeURIComponent(id)}?config_id=${account.number}`))
      .toMatchObject({ id });
  });

  test("takes any text to search for", async () => {
    const { box, list } = await world.reader(provider);
    box.kept.push(keptMail({ subject: 'He said "hello" (twice)' }));
    const found = await Promise.all(
      ['"hello"', "said hello", "HELLO", "hello (twice)"]
        .map((text) => list(`&search=${encodeURIComponent(text)}`)),
    );
    expect(found.map(({ total }) => total)).toEqual(found.map(() => 1));
    const odd = ['"', "()", "{1}", "\\", "a OR b", "x:y", "-", "𝒳", "' or 1=1 --", "AND NOT"];
    for (const text of odd) await list(`&search=${encodeURIComponent(text)}`);
  });
});
