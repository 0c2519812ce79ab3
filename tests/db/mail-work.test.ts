import { describe, expect, test } from "vitest";
import { jobsOf } from "../support/jobs.ts";
import { hurry, mailWorld, messageRow, sentToday } from "../support/mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();

const NOTIFY = { kind: "test.told", payload: { step: 3 } };

async function told(workspaceId: string) {
  const jobs = await jobsOf(workspaceId);
  return jobs.filter(({ kind }) => kind === NOTIFY.kind).map(({ payload }) => payload);
}

test("a message is sent, and whoever waits for it is told in the same transaction", async () => {
  const { workspace, box, store, work, integrationId } = await mailWorld();
  const { id, messageId } = await store({
    notify: NOTIFY,
    to: ["ada@example.org"],
    cc: ["cc@example.org"],
    bcc: ["bcc@example.org"],
    replyTo: "help@example.com",
    inReplyTo: "<first@example.org>",
    unsubscribeUrl: "https://example.com/u/1",
    subject: " Grüße\r\nX: 1 ",
    htmlBody: "<p>Hi</p>",
    textBody: null,
  });
  expect(messageId).toMatch(/^<[0-9a-f-]{36}@example\.com>$/);
  expect(await messageRow(id)).toMatchObject({ state: "queued", attempts: 0, channel: "smtp" });
  expect((await work()).runs[0]).toEqual({ outcome: "done" });
  expect(await messageRow(id)).toMatchObject({
    state: "sent",
    error: null,
    attempts: 1,
    in_doubt: false,
    refused: [],
    sent_at: expect.any(Date),
    from_email: "sales@example.com",
    from_name: "Sales",
  });
  expect(box.arrived).toHaveLength(1);
  const [one] = box.arrived;
  expect(one?.to).toEqual(["ada@example.org", "cc@example.org", "bcc@example.org"]);
  expect(one?.client).toBe("api.lumenbase.test");
  expect(one?.email).toMatchObject({
    messageId,
    subject: "Grüße X: 1",
    inReplyTo: "<first@example.org>",
    html: "<p>Hi</p>\n",
    text: "Hi\n",
  });
  expect(one?.raw).toContain("List-Unsubscribe: <https://example.com/u/1>");
  expect(await told(workspace.id)).toEqual([{
    step: 3,
    message_id: id,
    state: "sent",
    error: null,
  }]);
  expect(await jobsOf(workspace.id)).toHaveLength(1);
  expect(await sentToday(integrationId)).toBe(1);
});

test("one refused for good fails at once, leaves the day's count, and is told", async () => {
  const { workspace, box, store, work, integrationId, lastError } = await mailWorld({ data: 554 });
  const { id } = await store({ notify: NOTIFY });
  await work();
  const row = await messageRow(id);
  expect(row).toMatchObject({ state: "failed", attempts: 1, in_doubt: false, sent_at: null });
  expect(row.error).toContain("554 No");
  expect(await told(workspace.id)).toEqual([
    { step: 3, message_id: id, state: "failed", error: row.error },
  ]);
  expect([await sentToday(integrationId), await lastError(), box.arrived]).toEqual([0, null, []]);
});

test("one refused for now is tried again after 1, 5, 30 minutes and 2 hours, then fails", async () => {
  const { workspace, store, work, integrationId } = await mailWorld({ data: 451, words: "Busy" });
  const { id } = await store({ notify: NOTIFY });
  for (const seconds of [60, 300, 1_800, 7_200]) {
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "queued", error: expect.any(String) });
    const [job, ...others] = await jobsOf(workspace.id);
    expect(others).toEqual([]);
    expect(job?.due_in).toBeGreaterThan(seconds - 50);
    expect(job?.due_in).toBeLessThanOrEqual(seconds);
    await hurry(workspace.id);
  }
  await work();
  expect(await messageRow(id)).toMatchObject({
    state: "failed",
    attempts: 5,
    error: expect.stringContaining("451 Busy"),
  });
  expect(await told(workspace.id)).toHaveLength(1);
  expect(await sentToday(integrationId)).toBe(0);
});

test("a later attempt goes out under the same Message-ID", async () => {
  const { workspace, box, store, work } = await mailWorld({ data: 451 });
  const { id, messageId } = await store();
  await work();
  delete box.behaviour.data;
  await hurry(workspace.id);
  await work();
  expect(await messageRow(id)).toMatchObject({ state: "sent", attempts: 2, error: null });
  expect(box.arrived.map(({ email }) => email.messageId)).toEqual([messageId]);
});

test("recipients refused while others were not are named", async () => {
  const { store, work } = await mailWorld({ recipients: { "gone@example.org": 550 } });
  const { id } = await store({ to: ["ada@example.org", "gone@example.org"] });
  await work();
  const row = await messageRow(id);
  expect(row).toMatchObject({
    state: "sent",
    refused: [{ address: "gone@example.org", error: expect.stringContaining("550") }],
  });
  expect(row.error).toMatch(/^Not sent to gone@example\.org \(550 /);
});

describe("in doubt", () => {
  test("cut off after the data: failed as unconfirmed, without a second attempt", async () => {
    const { workspace, box, store, work, integrationId } = await mailWorld({ cut: "data" });
    const { id } = await store({ notify: NOTIFY });
    await work();
    const row = await messageRow(id);
    expect(row).toMatchObject({ state: "failed", attempts: 1, in_doubt: true });
    expect(row.error).toMatch(/^unconfirmed/);
    expect(await told(workspace.id)).toMatchObject([{ state: "failed", error: row.error }]);
    await hurry(workspace.id);
    await work();
    expect(box.connections).toBe(1);
    // It may have gone out, so it stays in the count.
    expect(await sentToday(integrationId)).toBe(1);
  });

  test("cut off before the data: tried again", async () => {
    const { store, work } = await mailWorld({ cut: "connection" });
    const { id } = await store();
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "queued", in_doubt: false });
  });
});

describe("the integration", () => {
  test("is told of a refused login, and of its end once it works", async () => {
    const users = { sales: "right-password" };
    const { box, store, work, lastError } = await mailWorld({ users }, {
      username: "sales",
      password: "wrong-password",
    });
    const { id } = await store();
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "failed" });
    expect(await lastError()).toContain("535");
    expect(await lastError()).not.toContain("wrong-password");
    box.behaviour.users = { sales: "wrong-password" };
    await store();
    await work();
    expect([box.arrived.length, await lastError()]).toEqual([1, null]);
  });

  test.each([
    ["update crm.integrations set is_active = false where id = $1", "The integration is inactive."],
    ["update crm.integrations set paused_at = now() where id = $1", "The integration is paused."],
    ["delete from crm.integrations where id = $1", "The integration was deleted."],
  ])("may be gone by then: %s", async (change, error) => {
    const { workspace, box, store, work, integrationId } = await mailWorld();
    const { id } = await store({ notify: NOTIFY });
    await asOwner(change, [integrationId]);
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "failed", error, attempts: 0 });
    expect(await told(workspace.id)).toMatchObject([{ state: "failed", error }]);
    expect(box.connections).toBe(0);
  });

  test("whose secrets cannot be read is tried again, as nothing was sent", async () => {
    const { box, store, work, integrationId, lastError } = await mailWorld();
    await asOwner("update crm.integrations set secrets = 'x.y.z' where id = $1", [integrationId]);
    const { id } = await store();
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "queued", in_doubt: false });
    expect(await lastError()).toContain("secrets cannot be read");
    expect(box.connections).toBe(0);
  });
});
