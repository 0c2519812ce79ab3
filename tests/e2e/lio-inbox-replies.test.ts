import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LioClient } from "../support/lio.ts";
import { type InboxWorld, inboxWorld, PROVIDERS } from "../support/lio-inbox.ts";
import { leadOf } from "../support/lio-leads.ts";
import { sentMessage, signalsOf, toldOf } from "../support/lio-replies.ts";
import { keptMail } from "../support/providers/kept-mail.ts";

const REPLY = 7;

let world: InboxWorld;
beforeAll(async () => {
  world = await inboxWorld();
});
afterAll(() => world.stop());

describe.each(PROVIDERS)("a reply in a mailbox of %s", (provider) => {
  test("is a signal of its lead and told of once, however often and however it is seen", async () => {
    const reader = await world.reader(provider);
    const { api, account, box, list, other, user } = reader;
    const owner = await other("rep");
    const lead = await leadOf(api, { email: "jane@acme.com", assigned_to: owner.user.number });
    const first = await sentMessage(reader, { leadNumber: lead.id });
    box.kept.push(
      keptMail({ subject: "Re: Offer", inReplyTo: first, references: [first] }),
      keptMail({ subject: "Re: Re: Offer", references: ["<x@acme.com>", first] }),
    );
    const lists = await Promise.all(Array.from({ length: 6 }, () => list()));
    const [{ data: [{ id }] }] = lists as [{ data: [{ id: string }] }];
    await api.read(`inbox/view/${encodeURIComponent(id)}?config_id=${account.number}`);
    const number = String(lead.id);
    const common = { signal_type: "reply_received", points: "25", source: "email", number };
    expect(await signalsOf(reader)).toEqual(expect.arrayContaining([
      { ...common, signal_detail: { subject: "Re: Offer" } },
      { ...common, signal_detail: { subject: "Re: Re: Offer" } },
    ]));
    expect(await signalsOf(reader)).toHaveLength(2);
    const told = { title: "Jane Roe replied", subject_type: "lead", subject_id: lead.id };
    for (const one of [{ api, user }, owner]) {
      const notifications = await toldOf(one, REPLY);
      expect(notifications).toHaveLength(2);
      expect(notifications).toMatchObject([told, told]);
    }
    expect((await api.get("intent-alert/list")).body.total).toBe(2);
  });

  test("is none when nothing that was sent from here comes before it, or nobody known wrote it", async () => {
    const reader = await world.reader(provider);
    const { box, api, list } = reader;
    await leadOf(api, { email: "jane@acme.com" });
    await leadOf(api, { email: "mallory@other.example" });
    const sent = await sentMessage(reader);
    // Of a thread that somebody else began.
    await sentMessage(reader, { threadId: "18c1f0", answers: "18c1ef" });
    box.kept.push(
      keptMail(),
      keptMail({ inReplyTo: "<other@example.com>", references: ["<other@example.com>"] }),
      keptMail({ threadId: "18c1f0" }),
      keptMail({ inReplyTo: sent, from: "stranger@other.example" }),
      // A lead to whom it was not sent.
      keptMail({ inReplyTo: sent, from: "mallory@other.example" }),
      keptMail({ inReplyTo: sent, from: "Rita <rita@example.com>" }),
      keptMail({ inReplyTo: sent, folder: "sent", from: "jane@acme.com" }),
    );
    expect((await list("&folder=all")).total).toBe(7);
    expect(await signalsOf(reader)).toEqual([]);
    expect(await toldOf(reader, REPLY)).toEqual([]);
  });
});

// Servers for mail know no threads.
test.each(["gmail", "outlook"] as const)(
  "a reply of %s is known by a thread that began here, whatever it says that it answers",
  async (provider) => {
    const reader = await world.reader(provider);
    const { api, box, list } = reader;
    const { id } = await leadOf(api, { email: "jane@acme.com" });
    await sentMessage(reader, { threadId: "18c1f0" });
    box.kept.push(
      keptMail({ threadId: "18c1f0", messageId: "" }),
      keptMail({ threadId: "18c1f0", from: "rita@example.com", folder: "sent" }),
      keptMail({ threadId: "18c1f1" }),
    );
    await list();
    await list("&folder=all");
    expect(await signalsOf(reader)).toMatchObject([{ number: String(id) }]);
    expect(await toldOf(reader, REPLY)).toHaveLength(1);
  },
);

test("a reply of a lead whom its reader does not see is told to the lead's owner all the same", async () => {
  const reader = await world.reader("gmail");
  const { api, box, other, workspace } = reader;
  const [owner, rep] = await Promise.all([other("rep"), other("rep")]);
  const lead = await leadOf(api, { email: "jane@acme.com", assigned_to: owner.user.number });
  const { number } = await world.account(workspace.id, "gmail", rep.user.id);
  box.kept.push(keptMail({ inReplyTo: await sentMessage(reader, { leadNumber: lead.id }) }));
  const { body } = await rep.api.get(`inbox/list?config_id=${number}`);
  expect(body.data).toMatchObject([{ lead_id: null }]);
  expect(await toldOf(owner, REPLY)).toHaveLength(1);
  expect(await toldOf(rep, REPLY)).toEqual([]);
  const client = new LioClient(api.baseUrl, String(owner.api.key));
  expect((await client.get(`inbox/list?config_id=${number}`)).status).toBe(404);
});
