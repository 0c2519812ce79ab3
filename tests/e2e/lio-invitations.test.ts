import { expect, test } from "vitest";
import { toldBy } from "../support/invitations.ts";
import { LioClient, lioUser } from "../support/lio.ts";
import { meetingAt } from "../support/lio-meetings.ts";
import { testGateway } from "../support/gateway.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { type Arrived, mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner, databaseUrl, eventually, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();

const [ANN, BOB] = ["ann@example.org", "bob@example.org"];

/** A gateway that sends mail, and where that arrives. */
async function mailed() {
  const box = await mailboxOfTest({ security: "none" });
  const { url } = await testGateway(
    { SMTP_URL: `smtp://127.0.0.1:${box.port}`, MAIL_FROM: "Lumenbase <mail@lumenbase.test>" },
    databaseUrl("apiUrl"),
    { runsJobs: true },
  );
  return { box, url };
}

test("those who attend are invited, told another time, and told that it is cancelled", async () => {
  const { box, url } = await mailed();
  const workspace = await testWorkspace();
  const user = await lioUser(workspace);
  const api = new LioClient(url, user.api.key);
  /** What arrives next. */
  const arriving = async (count: number): Promise<Arrived[]> => {
    await eventually(() => Promise.resolve(box.arrived.length >= count));
    return box.arrived.splice(0).toSorted((a, b) => a.to[0]! < b.to[0]! ? -1 : 1);
  };

  const title = "Grüße\r\nBcc: evil@example.org 👋";
  const { id } = await api.made("meeting/add", meetingAt(0, { title, attendees: [ANN, BOB] }));
  const [first, second] = await arriving(2);
  const invited = toldBy(first!);
  expect(first).toMatchObject({
    from: "mail@lumenbase.test",
    to: [ANN],
    email: {
      from: { name: "Lumenbase", address: "mail@lumenbase.test" },
      replyTo: [{ address: user.email }],
      subject: "Invitation: Grüße Bcc: evil@example.org 👋",
      text: expect.stringContaining("When: Monday, 7 January 2030, 09:00–09:30 (UTC)"),
    },
  });
  expect(first?.raw).toContain("Content-Type: text/calendar; charset=utf-8; method=REQUEST");
  expect(invited).toMatchObject({ method: "REQUEST", sequence: 0, start: "2030-01-07T09:00:00Z" });
  expect(toldBy(second!)).toEqual({ ...invited, to: [BOB] });
  const { uid } = invited;

  const change = (body: object) => api.done(`meeting/update/${id}`, body);
  await change({ title: "Demo", description: "Soon" });
  await change({ ...meetingAt(60), title: "Demo", attendees: [BOB, "cy@example.org"] });
  const [gone, moved, come] = (await arriving(3)).map(toldBy);
  const uninvited = { method: "CANCEL", sequence: 1, status: null, attendees: [ANN] };
  expect(gone).toMatchObject({ to: [ANN], uid, ...uninvited });
  expect(moved).toMatchObject({
    to: [BOB],
    subject: "Updated: Demo",
    uid,
    method: "REQUEST",
    sequence: 1,
    start: "2030-01-07T10:00:00Z",
  });
  expect(come).toMatchObject({ to: ["cy@example.org"], subject: "Invitation: Demo", sequence: 1 });

  await change({ status: 4, attendees: ["dan@example.org"] });
  const [cancelled] = (await arriving(2)).map(toldBy);
  expect(cancelled).toMatchObject({
    to: [BOB],
    uid,
    method: "CANCEL",
    sequence: 2,
    status: "CANCELLED",
    attendees: [BOB, "cy@example.org"],
  });
  await change({ status: 1, attendees: [BOB] });
  const [again] = (await arriving(1)).map(toldBy);
  expect(again).toMatchObject({ to: [BOB], uid, method: "REQUEST", sequence: 3 });
  await api.delete(`meeting/delete/${id}`);
  const [deleted] = (await arriving(1)).map(toldBy);
  expect(deleted).toMatchObject({ to: [BOB], uid, status: "CANCELLED", sequence: 4 });

  // A meeting that is over is no invitation.
  const held = await api.made("meeting/add", meetingAt(0, { status: 3, attendees: [ANN] }));
  await api.delete(`meeting/delete/${held.id}`);
  // What has arrived is known to be sent a little later.
  await expect.poll(() =>
    asOwner(
      "select state, count(*)::int as messages from crm.messages where workspace_id = $1 group by 1",
      [workspace.id],
    )
  ).toEqual([{ state: "sent", messages: 9 }]);
});

test("a visitor who books is invited, with a copy to whom they meet", async () => {
  const { box, url } = await mailed();
  const workspace = await testWorkspace();
  const user = await lioUser(workspace);
  const api = new LioClient(url, user.api.key);
  const { booking } = await api.done(`user/update/${user.number}`, {
    booking: { enabled: true, title: "Intro" },
  });
  const visitor = new LioClient(url, null);
  const { slots } = await visitor.read(`v1/booking/${booking.slug}/availability`);
  // The first one may be too near by the time that it is booked.
  const { start, end } = slots[1];
  const wish = { start, end, name: "Ann", email: ANN };
  const made = await visitor.made(`v1/booking/${booking.slug}/confirm`, wish);
  expect(made).toMatchObject({ status: "confirmed", invitation: "queued" });
  await eventually(() => Promise.resolve(box.arrived.length > 0));
  const [arrived] = box.arrived;
  expect(toldBy(arrived!)).toMatchObject({
    to: [ANN, user.email],
    subject: "Invitation: Intro",
    method: "REQUEST",
    sequence: 0,
    start: start.replace(".000", ""),
  });
  expect(arrived?.email).toMatchObject({ to: [{ address: ANN }], cc: [{ address: user.email }] });
});
