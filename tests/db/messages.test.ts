import { describe, expect, test } from "vitest";
import { MAIL_LIMIT_REACHED, NO_MAIL_INTEGRATION } from "../../shared/db/errors.ts";
import { storeMessage } from "../../shared/mail/store-message.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { jobsOf } from "../support/jobs.ts";
import {
  hurry,
  mailIntegration,
  mailWorld,
  messageRow,
  sentToday,
  workMail,
} from "../support/mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();

describe("storing", () => {
  test("writes the message with its job, or neither", async () => {
    const { workspace, database, integrationId } = await mailWorld();
    const message = { integrationId, to: ["a@example.org"], subject: "Hi", textBody: "Hi" };
    const failing = { text: "select 1 / 0", values: [] };
    const claims = claimsOf(workspace.id);
    await expect(database.write(claims, [storeMessage(message), failing])).rejects.toMatchObject({
      code: "22012",
    });
    expect(await jobsOf(workspace.id)).toEqual([]);
    const [rows] = await database.write(claims, [storeMessage(message)]);
    expect(await jobsOf(workspace.id)).toMatchObject([
      { kind: "mail.send", payload: { message_id: rows?.[0]?.id } },
    ]);
  });

  test("refuses an integration that is none, sends no mail, or is another workspace's", async () => {
    const { workspace, store } = await mailWorld();
    const hook = await mailIntegration(workspace.id, "webhook", { url: "https://example.com/" });
    const theirs = (await mailWorld()).integrationId;
    for (const integrationId of [hook, theirs, "01890a5d-ac96-774b-bcce-b302099a8057"]) {
      await expect(store({ integrationId })).rejects.toMatchObject({ code: NO_MAIL_INTEGRATION });
    }
  });

  test("puts the subject on one line of at most 998 characters, none cut in two", async () => {
    const { store } = await mailWorld();
    const { id } = await store({ subject: ` a\r\n\tb${"😀".repeat(1_000)}` });
    expect((await messageRow(id)).subject).toBe(`a b${"😀".repeat(995)}`);
    const { id: empty } = await store({ subject: "" });
    expect((await messageRow(empty)).subject).toBe("");
  });

  test("needs somebody to send it to, and something to say", async () => {
    const { store } = await mailWorld();
    for (const wrong of [{ to: [] }, { textBody: null }, { to: Array(51).fill("a@example.org") }]) {
      await expect(store(wrong)).rejects.toMatchObject({ code: "23514" });
    }
  });
});

describe("the daily limit", () => {
  test("is exact, however many send at once; the others wait for the next day", async () => {
    const { workspace, box, store, integrationId } = await mailWorld({}, { daily_limit: 7 });
    const messages = await Promise.all(Array.from({ length: 20 }, () => store()));
    const workers = Array.from({ length: 4 }, () => apiDatabase());
    await Promise.all(workers.map((database) => workMail(database)));
    await workMail(workers[0]!);
    expect([box.arrived.length, await sentToday(integrationId)]).toEqual([7, 7]);
    const rows = await Promise.all(messages.map(({ id }) => messageRow(id)));
    expect(rows.filter(({ state }) => state === "sent")).toHaveLength(7);
    expect(rows.filter(({ state, attempts }) => state === "queued" && attempts === 0)).toHaveLength(
      13,
    );
    const [next] = await asOwner<{ at: Date }>(
      "select (app.utc_today() + 1)::timestamp at time zone 'UTC' as at",
    );
    const waiting = await asOwner<{ run_at: Date }>(
      "select run_at from crm.jobs where workspace_id = $1",
      [workspace.id],
    );
    expect(waiting.map(({ run_at }) => run_at)).toEqual(Array(13).fill(next!.at));
    // The next day, the count begins anew.
    await asOwner("update crm.mail_usage set day = day - 1 where integration_id = $1", [
      integrationId,
    ]);
    await hurry(workspace.id);
    await workMail(workers[0]!);
    expect(box.arrived).toHaveLength(14);
  });

  test("holds for those who count at once, and refuses the others", async () => {
    const { store, integrationId } = await mailWorld({}, { daily_limit: 3 });
    const stored = await Promise.allSettled(
      Array.from({ length: 10 }, () => store({ countNow: true })),
    );
    const refused = stored.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(7);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: MAIL_LIMIT_REACHED });
    expect(await sentToday(integrationId)).toBe(3);
  });

  test("counts a message once, whatever it takes to send it, and not when it fails", async () => {
    const { workspace, box, store, work, integrationId } = await mailWorld({ data: 451 }, {
      daily_limit: 1,
    });
    const first = await store({ countNow: true });
    await work();
    await hurry(workspace.id);
    await work();
    expect(await messageRow(first.id)).toMatchObject({ state: "queued", attempts: 2 });
    expect(await sentToday(integrationId)).toBe(1);
    box.behaviour.data = 554;
    await hurry(workspace.id);
    await work();
    expect([(await messageRow(first.id)).state, await sentToday(integrationId)]).toEqual([
      "failed",
      0,
    ]);
    delete box.behaviour.data;
    await store({ countNow: true });
    await work();
    expect([box.arrived.length, await sentToday(integrationId)]).toEqual([1, 1]);
  });

  test("forgets days long gone", async () => {
    const { store, work, integrationId } = await mailWorld();
    await store();
    await work();
    const days = () =>
      asOwner("select from crm.mail_usage where integration_id = $1", [integrationId]);
    await asOwner("select app.forget_mail_usage()");
    expect(await days()).toHaveLength(1);
    await asOwner("update crm.mail_usage set day = day - 61 where integration_id = $1", [
      integrationId,
    ]);
    await asOwner("select app.forget_mail_usage()");
    expect(await days()).toEqual([]);
  });
});

test("a message of another workspace is not to be seen", async () => {
  const { store, database } = await mailWorld();
  const { id } = await store();
  const stranger = await testWorkspace();
  const look = { text: "select id from crm.messages where id = $1", values: [id] };
  expect(await database.read(claimsOf(stranger.id), [look])).toEqual([[]]);
});
