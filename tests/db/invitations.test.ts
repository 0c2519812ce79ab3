import { expect, test } from "vitest";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { toldBy } from "../support/invitations.ts";
import { jobsOf } from "../support/jobs.ts";
import { meetingAt } from "../support/lio-meetings.ts";
import { hurry, workMail } from "../support/mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { type Behaviour, mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();

const FROM = { from_email: "mail@lumenbase.test", from_name: null };

/** A workspace that meets somebody, and a server for the mail of the system. */
async function world(behaviour: Partial<Behaviour> = {}) {
  const { id } = await testWorkspace();
  const box = await mailboxOfTest({ security: "none", ...behaviour });
  const database = apiDatabase();
  const make = (from: object | null, more: object = {}) =>
    database.write(claimsOf(id), [{
      text: "select app.create_meeting($1, $2) as id",
      values: [
        JSON.stringify(meetingAt(0, { attendees: [ATTENDEE], ...more })),
        from && JSON.stringify(from),
      ],
    }]);
  const messages = () =>
    asOwner("select * from crm.messages where workspace_id = $1 order by created_at", [id]);
  return {
    id,
    box,
    make,
    messages,
    work: (url = `smtp://127.0.0.1:${box.port}`) => workMail(database, { SMTP_URL: url }),
  };
}

const ATTENDEE = { email: "ann@example.org", name: null, status: "needs_action" };

test("without a server of the system nobody is invited", async () => {
  const { id, make, messages } = await world();
  await make(null);
  expect(await messages()).toEqual([]);
  expect(await jobsOf(id)).toEqual([]);
});

test("an invitation is sent once, under the same Message-ID until it was", async () => {
  const { id, box, make, messages, work } = await world({ data: 451 });
  await make(FROM);
  await work();
  const [first] = await messages();
  expect(first).toMatchObject({ state: "queued", channel: "system", attempts: 1 });
  delete box.behaviour.data;
  await hurry(id);
  await work();
  await work();
  const [sent] = await messages();
  expect(sent).toMatchObject({ state: "sent", attempts: 2, error: null, counted_on: null });
  expect(box.arrived.map(({ email }) => email.messageId)).toEqual([first?.message_id]);
  expect(box.arrived.map(toldBy)).toMatchObject([{ method: "REQUEST", sequence: 0 }]);
});

test("an invitation is tried for 24 hours", async () => {
  const { make, messages } = await world();
  await make(FROM);
  const [{ retry_after: waits } = {}] = await messages();
  expect((waits as number[]).reduce((all, wait) => all + wait)).toBe(86_400);
});

test("without the server, or with one that is not there, an invitation waits", async () => {
  const { id, box, make, messages, work } = await world();
  await make(FROM);
  for (const url of ["", "http://127.0.0.1", "smtp://nobody.invalid"]) {
    await work(url);
    expect(await messages()).toMatchObject([{
      state: "queued",
      error: expect.stringContaining("SMTP_URL"),
    }]);
    await hurry(id);
  }
  await work();
  expect(box.arrived).toHaveLength(1);
});

test("a server that asks who it is gets the user and password of its address", async () => {
  const { box, make, work } = await world({ users: { "a@b": "p:s/é" } });
  await make(FROM);
  const login = `${encodeURIComponent("a@b")}:${encodeURIComponent("p:s/é")}`;
  await work(`smtp://${login}@localhost:${box.port}`);
  expect(box.arrived).toMatchObject([{ user: "a@b" }]);
});

test("a copy of what was booked goes to the one who was", async () => {
  const { id, box, work } = await world();
  await asOwner(
    "insert into crm.users (workspace_id, name, email) values ($1, 'Rita', 'rita@example.com')",
    [id],
  );
  const booking = { slug: "rita", name: "Ann", email: ATTENDEE.email };
  await apiDatabase().write(claimsOf(id), [{
    text: `select app.insert_meeting(jsonb_populate_record(null::crm.meetings, $1::jsonb
      || jsonb_build_object('user_id', (select u.id from crm.users u where u.email = 'rita@example.com'))), $2)`,
    values: [
      JSON.stringify(meetingAt(0, { attendees: [ATTENDEE], booking, is_exclusive: true })),
      JSON.stringify(FROM),
    ],
  }]);
  await work();
  expect(box.arrived).toMatchObject([{ to: [ATTENDEE.email, "rita@example.com"] }]);
});
