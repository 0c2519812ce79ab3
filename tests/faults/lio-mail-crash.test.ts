import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { endLeases } from "../support/jobs.ts";
import { LioClient } from "../support/lio.ts";
import { mailBody, senderAt } from "../support/lio-mail.ts";
import { type MailServices, mailServices } from "../support/mail-services.ts";
import { hurry, type MessageRow, workMail } from "../support/mail.ts";
import { apiDatabase } from "../support/as-role.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, databaseUrl, eventually } from "../support/workspace.ts";

// Jobs of the killed functions are nobody else's.
ownMigratedDatabase();

let services: MailServices;
beforeAll(async () => {
  services = await mailServices({}, {}, databaseUrl("apiUrl"));
  return () => services.stop();
});

/** Sends a message by functions that are killed once something is so, under an idempotency key. */
async function killed(provider: "gmail" | "outlook" | "smtp", when: () => boolean) {
  const { gmail, graph, smtp } = services;
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  [gmail.held, graph.held, smtp.behaviour.mute] = [held, held, true];
  const sender = await senderAt(services, provider);
  const { workspace, user, account } = sender;
  const headers = { "idempotency-key": randomUUID() };
  const send = async (url: string) => {
    const api = new LioClient(url, String(user.api.key));
    return await api.send("POST", "inbox/send", { body: mailBody(account.number), headers });
  };
  const first = send(services.url).catch(() => null);
  await eventually(() => Promise.resolve(when()));
  services.url = await services.restarted();
  [gmail.held, graph.held, smtp.behaviour.mute] = [null, null, false];
  answer();
  smtp.answer();
  expect(await first).toBeNull();
  return {
    /** Does what is left, as a worker that comes when nobody has the job any more. */
    async work() {
      await endLeases();
      await hurry(workspace.id);
      await workMail(apiDatabase(), services.env);
    },
    /** Asks again with the same key, once the first request does not have it any more. */
    async again() {
      await asOwner(
        "update crm.idempotency_keys set held_until = now() - interval '1 s' where workspace_id = $1",
        [workspace.id],
      );
      return await send(services.url);
    },
    async messages() {
      return await asOwner<MessageRow>(
        "select state, error, in_doubt, attempts from crm.messages where workspace_id = $1",
        [workspace.id],
      );
    },
  };
}

test("killed once Gmail has it: found there by the worker, and a retry is told so", async () => {
  const { gmail } = services;
  const before = gmail.mailbox.length;
  const { work, again, messages } = await killed("gmail", () => gmail.mailbox.length > before);
  expect(await messages()).toMatchObject([{ state: "sending" }]);
  await work();
  expect(await messages()).toMatchObject([{ state: "sent", attempts: 2 }]);
  const { status, body } = await again();
  expect([status, body.data.status, body.data.thread_id]).toEqual([201, "sent", "18f1"]);
  expect(gmail.mailbox).toHaveLength(before + 1);
  expect(await messages()).toHaveLength(1);
});

test("killed once Gmail has it: a retry finds it there as well", async () => {
  const { gmail } = services;
  const before = gmail.mailbox.length;
  const { again, messages } = await killed("gmail", () => gmail.mailbox.length > before);
  await endLeases();
  expect((await again()).status).toBe(201);
  expect(gmail.mailbox).toHaveLength(before + 1);
  expect(await messages()).toMatchObject([{ state: "sent" }]);
});

test("killed with a draft at Microsoft: that very draft is sent, once", async () => {
  const { graph } = services;
  const before = graph.mails.length;
  const { work, messages } = await killed("outlook", () => graph.mails.length > before);
  expect(graph.mails.at(-1)?.isDraft).toBe(true);
  await work();
  expect(await messages()).toMatchObject([{ state: "sent", attempts: 2 }]);
  expect(graph.mails.slice(before).map(({ isDraft }) => isDraft)).toEqual([false]);
});

test("killed once a server has taken the data: unconfirmed, and never sent again", async () => {
  const { smtp } = services;
  const before = smtp.arrived.length;
  const { work, again, messages } = await killed("smtp", () => smtp.arrived.length > before);
  await work();
  expect(await messages()).toMatchObject([{ state: "failed", in_doubt: true }]);
  const { status, body } = await again();
  expect([status, body.error.type]).toEqual([502, "provider_error"]);
  expect(body.error.message).toContain("unconfirmed");
  expect(smtp.arrived).toHaveLength(before + 1);
});
