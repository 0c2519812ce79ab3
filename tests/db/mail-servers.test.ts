import { describe, expect, test } from "vitest";
import { jobsOf } from "../support/jobs.ts";
import { hurry, mailWorld, messageRow } from "../support/mail.ts";
import { oauthWorld } from "../support/oauth-mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";

ownMigratedDatabase();

test("a server that greylists gets the message at the second attempt, and the next one at once", async () => {
  const { workspace, box, store, work } = await mailWorld({ greylisted: new Set() });
  const { id, messageId } = await store();
  await work();
  expect(await messageRow(id)).toMatchObject({
    state: "queued",
    error: expect.stringContaining("450 "),
    in_doubt: false,
  });
  expect(box.arrived).toEqual([]);
  await hurry(workspace.id);
  await work();
  const next = await store();
  await work();
  expect(await messageRow(id)).toMatchObject({ state: "sent", attempts: 2, error: null });
  expect(await messageRow(next.id)).toMatchObject({ state: "sent", attempts: 1 });
  expect(box.arrived.map(({ email }) => email.messageId)).toEqual([messageId, next.messageId]);
});

test("of three recipients, two get the message once and the refused one is named", async () => {
  const { workspace, box, store, work } = await mailWorld({
    recipients: { "gone@example.org": 550 },
  });
  const to = ["ada@example.org", "gone@example.org", "joe@example.org"];
  const { id } = await store({ to });
  await work();
  expect(await messageRow(id)).toMatchObject({
    state: "sent",
    attempts: 1,
    error: expect.stringMatching(/^Not sent to gone@example\.org \(550 [^,]*\)$/),
  });
  expect(box.arrived.map((one) => one.to)).toEqual([["ada@example.org", "joe@example.org"]]);
  expect(await jobsOf(workspace.id)).toEqual([]);
});

describe.each(["gmail", "microsoft"] as const)("%s", (type) => {
  test("whose token expires between two messages sends each once", async () => {
    const { api, tokens, store, work } = await oauthWorld(type);
    const first = await store();
    await work();
    tokens.tokens.clear();
    const second = await store();
    await work();
    for (const { id } of [first, second]) {
      expect(await messageRow(id)).toMatchObject({ state: "sent", attempts: 1, error: null });
    }
    expect(tokens.seen).toHaveLength(2);
    expect(api.mailbox.map(({ messageId }) => messageId))
      .toEqual([first.messageId, second.messageId]);
  });

  test("that answers 429 is left alone for as long as it says", async () => {
    const { api, workspace, store, work, refusal } = await oauthWorld(type);
    api.mishaps.push({ ...refusal(429), headers: { "retry-after": "900" } });
    const { id } = await store();
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "queued", attempts: 1, in_doubt: false });
    const [job] = await jobsOf(workspace.id);
    expect(job?.due_in).toBeGreaterThan(800);
    expect(job?.due_in).toBeLessThanOrEqual(900);
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "sent", attempts: 2, error: null });
    expect(api.mailbox).toHaveLength(1);
  });
});
