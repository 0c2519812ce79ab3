import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imapMailbox } from "../../shared/providers/mailbox/imap.ts";
import { networksOf } from "../../shared/providers/outgoing/networks.ts";
import type { ApiResponse } from "../support/api-client.ts";
import { expectLioError } from "../support/lio.ts";
import { type InboxWorld, inboxWorld, type Reader } from "../support/lio-inbox.ts";
import { IMAP_PASSWORD, IMAP_USER } from "../support/providers/imap-server.ts";
import { keptMail } from "../support/providers/kept-mail.ts";
import type { Mishap } from "../support/providers/lasting-stand-in.ts";
import { asOwner } from "../support/workspace.ts";

const MB = 1024 * 1024;
const LATER: Mishap = { status: 429, headers: { "retry-after": "0" } };

let world: InboxWorld;
beforeAll(async () => {
  world = await inboxWorld();
});
afterAll(() => world.stop());

function listed({ api, account }: Reader): Promise<ApiResponse> {
  return api.get(`inbox/list?config_id=${account.number}`);
}

async function statusOf({ account }: Reader) {
  const [row] = await asOwner<{ status: string; last_error: string | null }>(
    "select status, last_error from crm.connected_accounts where id = $1",
    [account.id],
  );
  return row;
}

function standIn(provider: "gmail" | "outlook") {
  const { api } = world.boxes[provider];
  if (api === null) throw new Error(`${provider} has no API`);
  return api;
}

describe.each(["gmail", "outlook"] as const)("the API of %s", (provider) => {
  test("is asked again when it has too much to do, fails or is cut off", async () => {
    const reader = await world.reader(provider);
    reader.box.kept.push(keptMail());
    const { mishaps } = standIn(provider);
    mishaps.push(LATER, { status: 503 }, { cut: "after" });
    expect((await listed(reader)).body).toMatchObject({ total: 1, data: [{ subject: "Hello" }] });
    expect(mishaps).toEqual([]);
  });

  test("that refuses, or answers too much or something else, is told as that", async () => {
    const reader = await world.reader(provider);
    const error = provider === "gmail"
      ? { code: 403, message: "No", errors: [{ reason: "accessNotConfigured" }] }
      : { code: "accessNotConfigured", message: "No" };
    const { mishaps } = standIn(provider);
    mishaps.push({ status: 403, body: { error } });
    expectLioError(await listed(reader), 502, "provider_error", "accessNotConfigured");
    for (const body of [Buffer.alloc(50 * MB, " "), "no JSON", { messages: 1, value: 1 }]) {
      mishaps.push({ status: 200, body });
      expectLioError(await listed(reader), 502, "provider_error");
    }
    expect(await statusOf(reader)).toEqual({ status: "connected", last_error: null });
  });

  test("that takes the token no more leaves the account in error until it works again", async () => {
    const reader = await world.reader(provider);
    standIn(provider).mishaps.push({ status: 401 });
    expectLioError(await listed(reader), 502, "provider_error", "token_rejected");
    expect(await statusOf(reader)).toEqual({ status: "error", last_error: expect.any(String) });
    expect((await listed(reader)).status).toBe(200);
    expect(await statusOf(reader)).toEqual({ status: "connected", last_error: null });
  });
});

describe("a server for mail", () => {
  test.each([
    ["goes away in the middle", "closed the connection", {
      at: "UID FETCH",
      cut: true,
      send: "* 1 FETCH (UID 1 FLAGS (",
    }],
    ["announces 50 MB", "too large", {
      at: "UID FETCH",
      send: `* 1 FETCH (BODY[1] {${50 * MB}}\r\nabc`,
    }],
    ["does not end", "too large", {
      at: "UID SEARCH",
      send: Buffer.alloc(9 * MB, "* 3 EXISTS\r\n"),
    }],
    ["has no line ends", "too large", { at: "UID SEARCH", send: Buffer.alloc(9 * MB, "x") }],
    ["nests lists without end", "nested too deep", {
      at: "UID FETCH",
      send: `* 1 FETCH ${"(".repeat(5_000)}\r\n`,
    }],
    ["speaks something else", "cannot be read", {
      at: "LOGIN",
      send: "HTTP/1.1 400 Bad Request\r\n\r\n",
    }],
    ["says goodbye", "closed the connection", {
      at: "EXAMINE",
      send: "* BYE too many\r\n",
      cut: true,
    }],
  ])("that %s is told as failing", async (_, words, mishap) => {
    const reader = await world.reader("smtp");
    reader.box.kept.push(keptMail());
    world.imap.mishap = mishap;
    const answer = await listed(reader);
    expectLioError(answer, 502, "provider_error");
    expect(answer.body.error.message).toContain(words);
    expect(world.imap.mishap).toBeNull();
    expect((await listed(reader)).status).toBe(200);
  });

  test("that finds a message again and again, or more than there can be, is believed in part", async () => {
    const reader = await world.reader("smtp");
    reader.box.kept.push(keptMail());
    const found = async (uids: readonly number[]) => {
      world.imap.mishap = { at: "UID SEARCH", send: `* SEARCH ${uids.join(" ")}\r\nA3 OK\r\n` };
      return (await listed(reader)).body;
    };
    const once = await found([1, 1, 1]);
    expect([once.total, once.data.length]).toEqual([1, 1]);
    expect(await found(Array.from({ length: 100_001 }, (_, i) => i + 1)))
      .toMatchObject({ total: 100_000 });
  });

  test("that refuses the password leaves the account in error until it works again", async () => {
    const reader = await world.reader("smtp");
    world.imap.mishap = { at: "LOGIN", send: "A1 NO [AUTHENTICATIONFAILED] no\r\n" };
    expectLioError(await listed(reader), 502, "provider_error", "AUTHENTICATIONFAILED");
    expect(await statusOf(reader)).toEqual({ status: "error", last_error: expect.any(String) });
    expect((await listed(reader)).status).toBe(200);
    expect(await statusOf(reader)).toEqual({ status: "connected", last_error: null });
  });

  test("that is silent is left after a while", async () => {
    world.imap.mishap = { at: "EXAMINE" };
    const mailbox = imapMailbox({
      host: "127.0.0.1",
      port: world.imap.port,
      isPlain: true,
      user: IMAP_USER,
      password: IMAP_PASSWORD,
      networks: networksOf("127.0.0.1/32"),
      signal: AbortSignal.timeout(500),
    });
    const query = { folder: "inbox" as const, search: "", unreadOnly: false, page: 1, size: 10 };
    await expect(mailbox.list({ ...query, after: null, before: null }))
      .rejects.toThrow("did not answer in time");
  });
});
