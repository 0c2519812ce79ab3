import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { connectTestAccount } from "../support/connected-accounts.ts";
import { expectLioError } from "../support/lio.ts";
import { mailBody, mailUser, senderAt } from "../support/lio-mail.ts";
import {
  ADDRESS,
  MAILERS,
  type MailServices,
  mailServices,
  TOKEN,
} from "../support/mail-services.ts";
import { refusal as gmailRefusal } from "../support/providers/gmail-api.ts";
import { refusal as graphRefusal } from "../support/providers/microsoft-graph.ts";
import { CLIENT } from "../support/providers/oauth-worlds.ts";
import { asOwner } from "../support/workspace.ts";

let services: MailServices;
beforeAll(async () => {
  services = await mailServices();
});
afterAll(() => services.stop());

function failed(answer: ApiResponse, code: string | null): string {
  expectLioError(answer, 502, "provider_error", code);
  return answer.body.error.message;
}

async function stateOf(workspaceId: string) {
  const rows = await asOwner<{ state: string; in_doubt: boolean }>(
    "select state, in_doubt from crm.messages where workspace_id = $1 order by created_at",
    [workspaceId],
  );
  return rows.map(({ state, in_doubt }) => [state, in_doubt]);
}

describe("Gmail", () => {
  test.each([
    [429, "rateLimitExceeded"],
    [403, "userRateLimitExceeded"],
    [400, "invalidArgument"],
  ])("refuses with %i %s: told at once, with nothing left to be sent", async (status, reason) => {
    const { send, workspace } = await senderAt(services, "gmail");
    const before = services.gmail.mailbox.length;
    const answer = { ...gmailRefusal(status, "No", reason), headers: { "retry-after": "1" } };
    services.gmail.mishaps.push(answer);
    failed(await send(), reason);
    expect(await stateOf(workspace.id)).toEqual([["failed", false]]);
    const [jobs] = await asOwner<{ left: string }>(
      "select count(*) as left from crm.jobs where workspace_id = $1 and kind = 'mail.send'",
      [workspace.id],
    );
    expect(jobs?.left).toBe("0");
    expect((await send()).status).toBe(201);
    expect(services.gmail.mailbox).toHaveLength(before + 1);
  });

  test("has it and cuts the connection: asked, and known to be sent", async () => {
    const { send, workspace } = await senderAt(services, "gmail");
    const before = services.gmail.mailbox.length;
    services.gmail.mishaps.push({ cut: "after" });
    const { status, body } = await send();
    expect([status, body.data.status]).toEqual([201, "sent"]);
    expect(await stateOf(workspace.id)).toEqual([["sent", false]]);
    expect(services.gmail.mailbox).toHaveLength(before + 1);
  });

  test("fails, and has it not when asked: it may have been sent, and is not sent again", async () => {
    const { send, workspace } = await senderAt(services, "gmail");
    const before = services.gmail.mailbox.length;
    services.gmail.mishaps.push(gmailRefusal(500, "Backend error", "backendError"));
    expect(failed(await send(), "backendError")).toContain("unconfirmed");
    expect(await stateOf(workspace.id)).toEqual([["failed", true]]);
    expect(services.gmail.mailbox).toHaveLength(before);
  });

  test("answers with 50 MB: what the status says holds", async () => {
    const { send } = await senderAt(services, "gmail");
    const whole = { status: 200, body: "x".repeat(50 * 1024 * 1024) };
    services.gmail.mishaps.push({ after: whole });
    const { status, body } = await send();
    expect([status, body.data.thread_id]).toEqual([201, null]);
  });

  test("does not take the token any more: told, at the account as well", async () => {
    const { api, account, send } = await senderAt(services, "gmail");
    services.tokens.delete(TOKEN);
    try {
      failed(await send(), "token_rejected");
    } finally {
      services.tokens.add(TOKEN);
    }
    const shown = async () =>
      (await api.get("mail-configurations/list")).body.data
        .find(({ id }: { id: number }) => id === account.number);
    const { last_error } = await shown();
    expect(last_error).toContain("401");
    expect(last_error).not.toContain(TOKEN);
    expect((await send()).status).toBe(201);
    expect(await shown()).toMatchObject({ last_error: null });
  });

  test("does not take the token any more: renewed once, for all who send at once", async () => {
    const { api, user, workspace } = await mailUser(services);
    const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } =
      CLIENT;
    const { number } = await connectTestAccount(workspace.id, {
      provider: "gmail",
      userId: user.id,
      fromAddress: ADDRESS,
      fromName: "Rita Rep",
      secrets: { access_token: "ended", client_id, client_secret, refresh_token },
    });
    const tokens = services.tokens.size;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => api.post("inbox/send", mailBody(number))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(services.tokens.size).toBe(tokens + 1);
  });
});

describe("Microsoft", () => {
  test("fails while it makes the draft: nothing was sent, nothing is in doubt", async () => {
    const { send, workspace } = await senderAt(services, "outlook");
    services.graph.mishaps.push(graphRefusal(503, "ServiceUnavailable", "Busy"));
    failed(await send(), "ServiceUnavailable");
    services.graph.mishaps.push({ cut: "after" });
    failed(await send(), null);
    expect(await stateOf(workspace.id)).toEqual([["failed", false], ["failed", false]]);
  });

  test("cuts the connection as it sends the draft: asked, and known to be sent", async () => {
    const { send, workspace } = await senderAt(services, "outlook");
    services.graph.mishaps.push(null, { cut: "after" });
    expect((await send()).status).toBe(201);
    services.graph.mishaps.push(null, { cut: "before" });
    expect(failed(await send(), null)).toContain("unconfirmed");
    expect(await stateOf(workspace.id)).toEqual([["sent", false], ["failed", true]]);
  });
});

test("a server that refuses the recipient, or has gone, is told with its reply", async () => {
  const { send, workspace } = await senderAt(services, "smtp");
  const { behaviour } = services.smtp;
  behaviour.recipients = { "jane@acme.com": 550 };
  expect(failed(await send(), "550")).toContain("No mailbox jane@acme.com");
  behaviour.recipients = { "bob@acme.com": 550 };
  expect((await send({ cc: "bob@acme.com" })).status).toBe(201);
  behaviour.recipients = {};
  behaviour.cut = "data";
  expect(failed(await send(), null)).toContain("unconfirmed");
  behaviour.cut = "connection";
  failed(await send(), null);
  delete behaviour.cut;
  const states = await stateOf(workspace.id);
  expect(states.map(([state]) => state)).toEqual(["failed", "sent", "failed", "failed"]);
});

test.each(MAILERS)("%s: what failed is told again to nobody but who asks anew", async (mailer) => {
  const { send, account } = await senderAt(services, mailer);
  await asOwner(
    `update crm.connected_accounts set secrets = 'unreadable' where id = $1`,
    [account.id],
  );
  const headers = { "idempotency-key": "once" };
  expectLioError(await send({}, headers), 502, "provider_error");
  expectLioError(await send({}, headers), 502, "provider_error");
});
