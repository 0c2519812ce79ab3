import { beforeAll, beforeEach, expect, test } from "vitest";
import { apiDatabase } from "../support/as-role.ts";
import { connectTestAccount } from "../support/connected-accounts.ts";
import { invitationsAt, toldIn } from "../support/invitations.ts";
import { senderAt } from "../support/lio-mail.ts";
import { meetingAt } from "../support/lio-meetings.ts";
import {
  ADDRESS,
  type Mailer,
  type MailServices,
  mailServices,
  PASSWORD,
  TOKEN,
} from "../support/mail-services.ts";
import { hurry, type MessageRow, workMail } from "../support/mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { type SmtpMailbox, smtpMailbox } from "../support/providers/smtp-mailbox.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

// Nobody else runs the jobs.
ownMigratedDatabase();

let services: MailServices;
/** Where mail of the system arrives. */
let box: SmtpMailbox;
beforeAll(async () => {
  box = await smtpMailbox({ security: "none" });
  services = await mailServices({ MAIL_FROM: "mail@lumenbase.test" }, {}, databaseUrl("apiUrl"));
  return async () => {
    await services.stop();
    await box.stop();
  };
});
beforeEach(() => {
  services.gmail.mailbox.length = 0;
  services.gmail.mishaps.length = 0;
  services.graph.mails.length = 0;
  services.smtp.arrived.length = 0;
  box.arrived.length = 0;
});

/** Somebody who invites by a mail account, and what sends it. */
async function invited(mailer: Mailer) {
  const sender = await senderAt(services, mailer);
  await sender.api.made("meeting/add", meetingAt(0, { attendees: ["ann@example.org"] }));
  const { workspace: { id } } = sender;
  return {
    ...sender,
    work: async (env: Record<string, string> = bySystem()) => {
      await hurry(id);
      await workMail(apiDatabase(), { ...services.env, ...env });
    },
    message: async () => {
      const [row] = await asOwner<MessageRow>(
        "select * from crm.messages where workspace_id = $1",
        [id],
      );
      if (row === undefined) throw new Error("no message");
      return row;
    },
    access: (access_token: string) =>
      connectTestAccount(id, {
        provider: "gmail",
        userId: sender.user.id,
        fromAddress: ADDRESS,
        fromName: "Rita Rep",
        secrets: { access_token },
      }),
  };
}

const bySystem = () => ({ SMTP_URL: `smtp://127.0.0.1:${box.port}` });

test("an account that refuses is tried again for 24 hours where there is no other way", async () => {
  const { work, message, access } = await invited("gmail");
  await access("revoked");
  await work({});
  expect(await message()).toMatchObject({
    channel: "account",
    state: "queued",
    attempts: 1,
    error: expect.stringContaining("401"),
  });
  await work({});
  await access(TOKEN);
  await work({});
  expect(await message()).toMatchObject({ state: "sent", attempts: 3, error: null });
  expect(services.gmail.mailbox).toHaveLength(1);
  const { retry_after: waits } = await message();
  expect((waits as number[]).reduce((all, wait) => all + wait)).toBe(86_400);
});

test("it has failed after the last attempt", async () => {
  const { work, message, access } = await invited("gmail");
  await access("revoked");
  for (let attempt = 1; attempt <= 8; attempt++) await work({});
  expect(await message()).toMatchObject({ channel: "account", state: "failed", attempts: 8 });
});

test.each(["gmail", "outlook"] as const)(
  "one that %s may have sent is looked for, and not sent by the system as well",
  async (mailer) => {
    const { work, message } = await invited(mailer);
    services[mailer === "gmail" ? "gmail" : "graph"].mishaps.push({ cut: "after" });
    await work();
    expect(await message()).toMatchObject({ state: "queued", in_doubt: true, channel: "account" });
    await work();
    expect(await message()).toMatchObject({ state: "sent", channel: "account", attempts: 2 });
    expect(invitationsAt(services, mailer)).toHaveLength(1);
    expect(box.arrived).toEqual([]);
  },
);

test.each(["gmail", "smtp"] as const)(
  "one of which nobody can tell whether %s sent it is not sent again",
  async (mailer) => {
    const { work, message, access } = await invited(mailer);
    if (mailer === "smtp") services.smtp.behaviour.cut = "data";
    else services.gmail.mishaps.push({ cut: "after" });
    await work();
    delete services.smtp.behaviour.cut;
    if (mailer === "gmail") await access("revoked");
    await work();
    expect(await message()).toMatchObject({
      state: "failed",
      in_doubt: true,
      error: expect.stringMatching(/^unconfirmed/),
    });
    expect(box.arrived).toEqual([]);
  },
);

test("a server that refuses its user is passed over", async () => {
  const { work, message } = await invited("smtp");
  services.smtp.behaviour.users = { [ADDRESS]: "another" };
  box.behaviour.data = 451;
  await work();
  services.smtp.behaviour.users = { [ADDRESS]: PASSWORD };
  delete box.behaviour.data;
  expect(await message()).toMatchObject({ channel: "system", state: "queued", attempts: 1 });
  // It stays with the system, although the account would take it by now.
  await work();
  expect(await message()).toMatchObject({ channel: "system", state: "sent", attempts: 2 });
  expect(box.arrived.map(({ email }) => toldIn(email))).toMatchObject([{ organizer: ADDRESS }]);
  expect(services.smtp.arrived).toEqual([]);
});

test("what waits for an account that is removed is sent by the system", async () => {
  const { work, message, workspace } = await invited("gmail");
  await asOwner("delete from crm.connected_accounts where workspace_id = $1", [workspace.id]);
  await work();
  await work();
  expect(await message()).toMatchObject({ channel: "system", state: "sent" });
  expect(box.arrived).toHaveLength(1);
});

test("what the provider refuses for its own sake is not sent by another way", async () => {
  const { work, message } = await invited("smtp");
  services.smtp.behaviour.data = 554;
  await work();
  delete services.smtp.behaviour.data;
  await work();
  expect(await message()).toMatchObject({ channel: "account", state: "failed" });
  expect(box.arrived).toEqual([]);
});
