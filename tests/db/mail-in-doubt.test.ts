import { describe, expect, test } from "vitest";
import { apiDatabase } from "../support/as-role.ts";
import { endLeases, taken } from "../support/jobs.ts";
import { hurry, lastError, mailWorld, messageRow, runMail, workMail } from "../support/mail.ts";
import { oauthWorld } from "../support/oauth-mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, eventually } from "../support/workspace.ts";

ownMigratedDatabase();

describe.each(["gmail", "microsoft"] as const)("%s is asked by Message-ID", (type) => {
  test("and had it: sent once, and known to be", async () => {
    const { api, store, work, asked } = await oauthWorld(type);
    const { id, messageId } = await store();
    api.mishaps.push({ cut: "after" });
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "queued", in_doubt: true });
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "sent", in_doubt: false, error: null });
    expect(api.mailbox.map((one) => one.messageId)).toEqual([messageId]);
    expect(asked()).toBe(1);
  });

  test("and had it not: sent again", async () => {
    const { api, store, work, refusal, asked } = await oauthWorld(type);
    const { id, messageId } = await store();
    api.mishaps.push(refusal(503));
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "queued", in_doubt: true });
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "sent", attempts: 2 });
    expect(api.mailbox.map((one) => one.messageId)).toEqual([messageId]);
    expect(asked()).toBe(1);
  });

  test("and may not be asked: unconfirmed, and never sent again", async () => {
    const { api, store, work, refusal, integrationId } = await oauthWorld(type);
    const { id } = await store();
    api.mishaps.push({ cut: "after" }, refusal(403));
    await work();
    await work();
    const row = await messageRow(id);
    expect(row).toMatchObject({ state: "failed", in_doubt: true });
    expect(row.error).toMatch(/^unconfirmed: .* could not be asked/);
    expect(await lastError(integrationId)).toContain("403");
    expect(api.mailbox).toHaveLength(1);
  });

  test("and never answers: unconfirmed after the last attempt", async () => {
    const { api, store, work, refusal } = await oauthWorld(type);
    const { id } = await store();
    api.mishaps.push({ cut: "after" }, ...Array.from({ length: 5 }, () => refusal(500)));
    for (let attempt = 1; attempt <= 5; attempt++) {
      await work();
      expect(await messageRow(id)).toMatchObject({ state: "queued", attempts: attempt });
    }
    await work();
    expect(await messageRow(id)).toMatchObject({
      state: "failed",
      error: expect.stringMatching(/^unconfirmed/),
    });
    expect(api.mailbox).toHaveLength(1);
  });

  test.each([["sent", { cut: "after" }], ["failed", { cut: "before" }]] as const)(
    "once more after the last attempt: %s",
    async (state, last) => {
      const { api, store, work, refusal, asked } = await oauthWorld(type);
      const { id } = await store();
      // Each attempt but the first asks before it sends.
      const again = [null, refusal(503)];
      api.mishaps.push(refusal(503), ...again, ...again, ...again, null, last);
      for (let attempt = 1; attempt <= 5; attempt++) {
        await work();
        expect(await messageRow(id)).toMatchObject({ state: "queued", in_doubt: true });
      }
      await work();
      const row = await messageRow(id);
      expect(row).toMatchObject({ state, in_doubt: false, attempts: 6 });
      expect(row.error ?? "").not.toMatch(/^unconfirmed/);
      expect([asked(), api.mailbox.length]).toEqual([5, state === "sent" ? 1 : 0]);
    },
  );
});

test("a refresh token that Microsoft replaces is kept", async () => {
  const { tokens, api, store, work, integrationId } = await oauthWorld("microsoft");
  tokens.isRotating = true;
  const before = await sealedSecrets(integrationId);
  await store();
  await work();
  expect(await sealedSecrets(integrationId)).not.toBe(before);
  // Only the new one is taken now, once the token is over.
  tokens.tokens.clear();
  const { id } = await store();
  await work();
  expect(await messageRow(id)).toMatchObject({ state: "sent" });
  expect(api.mailbox).toHaveLength(2);
});

async function sealedSecrets(integrationId: string): Promise<string> {
  const text = "select secrets from crm.integrations where id = $1";
  const [row] = await asOwner<{ secrets: string }>(text, [integrationId]);
  return row!.secrets;
}

test("a run that lost its job while it waited for the answer changes nothing any more", async () => {
  const { box, store, work, database } = await mailWorld({ mute: true });
  const { id } = await store();
  const slow = workMail(database);
  await eventually(async () => box.arrived.length === 1);
  await endLeases();
  await work();
  const known = await messageRow(id);
  expect(known).toMatchObject({ state: "failed", error: expect.stringMatching(/^unconfirmed/) });
  box.answer();
  expect((await slow).runs).toMatchObject([{ outcome: "lost" }]);
  expect(await messageRow(id)).toEqual(known);
  expect(box.connections).toBe(1);
});

test("a run that lost its job before it handed the message over hands over nothing", async () => {
  const { box, store, work, database } = await mailWorld({ hesitates: true });
  const { id } = await store();
  const slow = workMail(database);
  await eventually(async () => (await messageRow(id)).state === "sending");
  await endLeases();
  box.behaviour.hesitates = false;
  await work();
  const known = await messageRow(id);
  expect(known).toMatchObject({ state: "sent", attempts: 2, in_doubt: false });
  box.answer();
  expect((await slow).runs).toMatchObject([{ outcome: "lost" }]);
  expect(await messageRow(id)).toEqual(known);
  expect(box.arrived).toHaveLength(1);
});

test("a run that lost its job before it began does not begin", async () => {
  const { box, store, database } = await mailWorld();
  const { id } = await store();
  const [late] = await taken(database);
  await endLeases();
  const [now] = await taken(database);
  expect(now?.id).toBe(late?.id);
  expect((await runMail(database, late!)).outcome).toBe("lost");
  expect(await messageRow(id)).toMatchObject({ state: "queued", attempts: 0 });
  expect((await runMail(database, now!)).outcome).toBe("done");
  expect(box.arrived).toHaveLength(1);
});

test("many workers send each message once", async () => {
  const { box, store, workspace } = await mailWorld();
  const messages = await Promise.all(Array.from({ length: 40 }, () => store()));
  const workers = Array.from({ length: 5 }, () => apiDatabase());
  await Promise.all(workers.map((database) => workMail(database)));
  await hurry(workspace.id);
  await workMail(workers[0]!);
  const arrived = box.arrived.map(({ email }) => email.messageId).sort();
  expect(arrived).toEqual(messages.map(({ messageId }) => messageId).sort());
  for (const { id } of messages) {
    expect(await messageRow(id)).toMatchObject({ state: "sent", attempts: 1 });
  }
});
