import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connectTestAccount } from "../support/connected-accounts.ts";
import { testGateway } from "../support/gateway.ts";
import { invitationsAt, toldIn } from "../support/invitations.ts";
import { LioClient, type LioUser, lioWorld } from "../support/lio.ts";
import { senderAt } from "../support/lio-mail.ts";
import { meetingAt } from "../support/lio-meetings.ts";
import {
  ADDRESS,
  MAILERS,
  type MailServices,
  mailServices,
  TOKEN,
} from "../support/mail-services.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { type SmtpMailbox, smtpMailbox } from "../support/providers/smtp-mailbox.ts";
import { asOwner, databaseUrl, eventually } from "../support/workspace.ts";

ownMigratedDatabase();

const [ANN, SYSTEM] = ["ann@example.org", "mail@lumenbase.test"];

let services: MailServices;
/** Where mail of the system arrives. */
let box: SmtpMailbox;
beforeAll(async () => {
  box = await smtpMailbox({ security: "none" });
  const env = { SMTP_URL: `smtp://127.0.0.1:${box.port}`, MAIL_FROM: SYSTEM };
  services = await mailServices(env, { runsJobs: true }, databaseUrl("apiUrl"));
  return async () => {
    await services.stop();
    await box.stop();
  };
});
beforeEach(() => {
  for (const all of [services.gmail.mailbox, services.graph.mails, services.smtp.arrived]) {
    all.length = 0;
  }
  box.arrived.length = 0;
});

const arrives = (look: () => number) => eventually(() => Promise.resolve(look() > 0));
const here = ({ api }: LioUser) => new LioClient(services.url, String(api.key));

/** What the system sends next. */
async function bySystem() {
  await arrives(() => box.arrived.length);
  return box.arrived.splice(0).map(({ email }) => toldIn(email));
}

/** Users of one organisation, and their accounts at Gmail. */
async function twoReps() {
  const { workspace, user } = await lioWorld();
  const [rita, bob, admin] = [await user("rep"), await user("rep"), await user("admin")];
  const account = (its: LioUser, fromAddress: string, access_token = TOKEN) =>
    connectTestAccount(workspace.id, {
      provider: "gmail",
      userId: its.id,
      fromAddress,
      fromName: "A Name",
      secrets: { access_token },
    });
  return { workspace, rita, bob, admin, account };
}

describe.each(MAILERS)("by an account of %s", (mailer) => {
  test("those who attend are invited and told, and by the system once it is gone", async () => {
    const { workspace, api } = await senderAt(services, mailer);
    const arrived = () => invitationsAt(services, mailer);
    await api.made("lead/add", { first_name: "Ann", last_name: "Roe", email: ANN });
    const { id } = await api.made(
      "meeting/add",
      meetingAt(0, { title: "Grüße 👋", attendees: [ANN] }),
    );
    await arrives(() => arrived().length);
    const [first, ...none] = arrived();
    expect(none).toEqual([]);
    expect(first).toMatchObject({
      from: { address: ADDRESS, name: "Rita Rep" },
      to: [{ address: ANN }],
      subject: "Invitation: Grüße 👋",
      text: expect.stringContaining("Rita Rep invites you to: Grüße 👋"),
    });
    expect(first?.html ?? "").toBe("");
    expect(first?.headers.map(({ key }) => key)).not.toContain("list-unsubscribe");
    const invited = toldIn(first);
    const { uid } = invited;
    expect(invited).toMatchObject({ method: "REQUEST", sequence: 0, organizer: ADDRESS });

    await api.done(`meeting/update/${id}`, { ...meetingAt(60), title: "Demo" });
    await arrives(() => arrived().length - 1);
    expect(toldIn(arrived()[1])).toMatchObject({
      uid,
      method: "REQUEST",
      sequence: 1,
      start: "2030-01-07T10:00:00Z",
      organizer: ADDRESS,
    });
    expect(box.arrived).toEqual([]);

    await asOwner("delete from crm.connected_accounts where workspace_id = $1", [workspace.id]);
    await api.delete(`meeting/delete/${id}`);
    await arrives(() => box.arrived.length);
    expect(box.arrived[0]).toMatchObject({
      from: SYSTEM,
      to: [ANN],
      email: { replyTo: [{ address: ADDRESS }] },
    });
    expect(await bySystem()).toMatchObject([
      { uid, method: "CANCEL", sequence: 2, organizer: ADDRESS, attendees: [ANN] },
    ]);
    expect(arrived()).toHaveLength(2);
    // The meeting stands in a lead's history by itself.
    const mails = "select * from crm.activities where workspace_id = $1 and type = 'email'";
    expect(await asOwner(mails, [workspace.id])).toEqual([]);
  });
});

test("each meeting goes by an account of whose it is, and of nobody else", async () => {
  const { rita, bob, admin, account } = await twoReps();
  await account(rita, "rita@acme.com");
  await account(rita, "other@acme.com");
  await account(admin, "admin@acme.com");
  const mine = await here(rita).made("meeting/add", meetingAt(0, { attendees: [ANN] }));
  const { mailbox } = services.gmail;
  await arrives(() => mailbox.length);
  const others = await here(bob).made("meeting/add", meetingAt(60, { attendees: [ANN] }));
  expect(await bySystem()).toMatchObject([{ organizer: bob.email }]);
  const boss = here(admin);
  await boss.done(`meeting/update/${others.id}`, { ...meetingAt(120), title: "Later" });
  expect(await bySystem()).toMatchObject([{ organizer: bob.email, sequence: 1 }]);
  await boss.done(`meeting/update/${mine.id}`, { ...meetingAt(180), title: "Later" });
  await arrives(() => mailbox.length - 1);
  expect(mailbox.map(({ from }) => from?.address)).toEqual(["rita@acme.com", "rita@acme.com"]);
  // Whom they reply to stays, whatever it is sent by from now on.
  await account(bob, "bob@acme.com");
  await here(bob).delete(`meeting/delete/${others.id}`);
  await arrives(() => mailbox.length - 2);
  expect(mailbox[2]).toMatchObject({
    from: { address: "bob@acme.com" },
    replyTo: [{ address: bob.email }],
  });
  expect(toldIn(mailbox[2])).toMatchObject({ method: "CANCEL", organizer: bob.email, sequence: 2 });
  expect(box.arrived).toEqual([]);
});

test("what an account does not take any more is sent by the system, once", async () => {
  const { workspace, rita, account } = await twoReps();
  await account(rita, "rita@acme.com", "revoked");
  const { id } = await here(rita).made("meeting/add", meetingAt(0, { attendees: [ANN] }));
  const [first] = await bySystem();
  expect(first).toMatchObject({ method: "REQUEST", sequence: 0, organizer: "rita@acme.com" });
  // The account is known not to work, so nobody asks it again.
  const { length: asked } = services.gmail.seen;
  await here(rita).done(`meeting/update/${id}`, { status: 4 });
  expect(await bySystem()).toMatchObject([
    { uid: first?.uid, method: "CANCEL", sequence: 1, organizer: "rita@acme.com" },
  ]);
  expect(services.gmail.seen).toHaveLength(asked);
  const sent = "select channel, state, attempts, error from crm.messages where workspace_id = $1";
  const once = { channel: "system", state: "sent", attempts: 1, error: null };
  await eventually(async () =>
    (await asOwner(sent, [workspace.id])).every(({ state }) => state === "sent")
  );
  expect(await asOwner(sent, [workspace.id])).toEqual([once, once]);
  const broken = "select status, last_error from crm.connected_accounts where workspace_id = $1";
  expect(await asOwner(broken, [workspace.id])).toMatchObject([
    { status: "error", last_error: expect.stringContaining("401") },
  ]);
});

test("a visitor is invited where there is a mail account and no server of the system", async () => {
  const { rita, bob, account } = await twoReps();
  const { url } = await testGateway({ SMTP_URL: "" }, databaseUrl("apiUrl"));
  const visitor = new LioClient(url, null);
  const book = async (rep: LioUser) => {
    const { booking: { slug } } = await here(rep).done(`user/update/${rep.number}`, {
      booking: { enabled: true, title: "Intro" },
    });
    // The first one may be too near by the time that it is booked.
    const { slots: [, slot] } = await visitor.read(`v1/booking/${slug}/availability`);
    const { start, end } = slot;
    return await visitor.made(`v1/booking/${slug}/confirm`, {
      start,
      end,
      name: "Ann",
      email: ANN,
    });
  };
  await account(rita, "rita@acme.com");
  expect(await book(bob)).toMatchObject({ invitation: "not_configured" });
  expect(await book(rita)).toMatchObject({ invitation: "queued" });
  const { mailbox } = services.gmail;
  await arrives(() => mailbox.length);
  expect(mailbox).toMatchObject([{ to: [{ address: ANN }], cc: [{ address: rita.email }] }]);
  expect(toldIn(mailbox[0])).toMatchObject({ method: "REQUEST", organizer: "rita@acme.com" });
  expect(box.arrived).toEqual([]);
});
