import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leadOf } from "../support/lio-leads.ts";
import { type InboxWorld, inboxWorld, PROVIDERS } from "../support/lio-inbox.ts";
import { keptMail } from "../support/providers/kept-mail.ts";

let world: InboxWorld;
beforeAll(async () => {
  world = await inboxWorld();
});
afterAll(() => world.stop());

const subjects = ({ data }: { data: { subject: string }[] }) => data.map(({ subject }) => subject);

describe.each(PROVIDERS)("a mailbox of %s", (provider) => {
  test("lists its messages, the newest first, with the leads that they are from", async () => {
    const { api, box, list } = await world.reader(provider);
    const lead = await leadOf(api, { email: "jane@acme.com" });
    const date = new Date("2026-06-15T09:14:32.000Z");
    box.kept.push(
      keptMail({
        date,
        from: '"Röe, Jane 日本" <JANE@acme.com>',
        to: "rita@example.com, Bob <bob@example.com>",
        subject: "Grüße 日本 👩‍👩‍👧‍👦",
        text: "It's about the offer",
        files: [{ name: "offer.pdf", type: "application/pdf", content: Buffer.alloc(3_000) }],
        threadId: "18c1f0",
      }),
      keptMail({ date: new Date(date.getTime() + 60_000), from: "x@other.example", isRead: true }),
      keptMail({ folder: "sent", subject: "Sent", from: "rita@example.com", to: "jane@acme.com" }),
    );
    const { data, ...envelope } = await list();
    expect(envelope).toEqual(
      { success: true, message: "Messages fetched", total: 2, page: 1, limit: 10 },
    );
    expect(data[0]).toMatchObject({ is_read: true, lead_id: null, has_attachments: false });
    expect(data[1]).toEqual({
      id: expect.stringMatching(/^\S+$/),
      thread_id: provider === "smtp" ? box.kept[0]?.messageId : "18c1f0",
      from: { name: "Röe, Jane 日本", email: "JANE@acme.com" },
      to: [{ name: null, email: "rita@example.com" }, { name: "Bob", email: "bob@example.com" }],
      subject: "Grüße 日本 👩‍👩‍👧‍👦",
      snippet: "It's about the offer",
      date: "2026-06-15T09:14:32.000Z",
      is_read: false,
      has_attachments: true,
      folder: "inbox",
      lead_id: lead.id,
    });
    expect((await list("&folder=sent")).data)
      .toMatchObject([{ subject: "Sent", folder: "sent", lead_id: lead.id }]);
  });

  test("is searched and narrowed, in pages that do not overlap", async () => {
    const { box, list } = await world.reader(provider);
    const at = (minute: number) => new Date(Date.UTC(2026, 5, 15, 9, minute));
    for (const minute of [5, 3, 1, 2, 4]) {
      box.kept.push(keptMail({ subject: `Mail ${minute}`, date: at(minute), isRead: minute > 3 }));
    }
    box.kept.push(
      keptMail({ folder: "drafts", subject: "Draft", date: at(6) }),
      keptMail({ folder: "trash", subject: "Trash", date: at(7) }),
      keptMail({
        folder: "archive",
        subject: "Old Straße",
        date: new Date("2025-01-01T00:00:00Z"),
      }),
    );
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`&limit=2&page=${page}`)));
    expect(pages.map(subjects))
      .toEqual([["Mail 5", "Mail 4"], ["Mail 3", "Mail 2"], ["Mail 1"], []]);
    expect(pages.map(({ total }) => total)).toEqual([5, 5, 5, 5]);
    expect(subjects(await list("&unreadOnly=true"))).toEqual(["Mail 3", "Mail 2", "Mail 1"]);
    expect(subjects(await list("&search=mail%202"))).toEqual(["Mail 2"]);
    const since = `&unreadOnly=1&search=mail&start_date=${at(2).toISOString()}`;
    expect(await list(since)).toMatchObject({ total: 2 });
    expect(subjects(await list(since))).toEqual(["Mail 3", "Mail 2"]);
    expect(
      subjects(await list(`&start_date=${at(2).toISOString()}&end_date=${at(4).toISOString()}`)),
    )
      .toEqual(["Mail 4", "Mail 3", "Mail 2"]);
    expect(subjects(await list("&folder=drafts"))).toEqual(["Draft"]);
    expect(subjects(await list("&folder=trash"))).toEqual(["Trash"]);
    const all = await list("&folder=all&search=stra%C3%9Fe");
    expect(all).toMatchObject({ total: 1, data: [{ subject: "Old Straße", folder: "all" }] });
    expect(subjects(await list("&folder=all&end_date=2025-01-01"))).toEqual(["Old Straße"]);
    expect(subjects(await list("&start_date=2026-06-16"))).toEqual([]);
  });

  test("shows a message whole, its HTML as it was received", async () => {
    const { api, account, box, list } = await world.reader(provider);
    const html = '<p onclick="go()">Grüße 日本</p><script>alert(1)</script>';
    const long = `${"Zeile 日本\n".repeat(2_000)}Ende`;
    box.kept.push(
      keptMail({
        text: null,
        html,
        cc: "Cäsar <caesar@example.com>",
        files: [
          { name: "Angebot für 日本.pdf", type: "application/pdf", content: Buffer.alloc(5_700) },
          { name: 'a "b".txt', type: "text/plain", content: Buffer.from("not the text") },
        ],
      }),
      keptMail({ text: long, subject: "" }),
      keptMail({ text: "Grüße\nJane", folder: "archive" }),
    );
    const ids = [...(await list()).data, ...(await list("&folder=all&search=gr%C3%BC%C3%9Fe")).data]
      .map(({ id }) => encodeURIComponent(id));
    const view = (id = "") => api.read(`inbox/view/${id}?config_id=${account.number}`);
    const whole = await view(ids[1]);
    expect(whole).toMatchObject({
      ...(await list()).data[1],
      cc: [{ name: "Cäsar", email: "caesar@example.com" }],
      body_html: html,
      body_text: expect.stringContaining("Grüße 日本"),
    });
    expect(whole.attachments.map(({ id: _, ...file }: { id: string }) => file)).toEqual([
      { name: "Angebot für 日本.pdf", mime_type: "application/pdf", size: expect.any(Number) },
      { name: 'a "b".txt', mime_type: "text/plain", size: expect.any(Number) },
    ]);
    expect(Math.abs(whole.attachments[0].size - 5_700)).toBeLessThan(100);
    const texts = (await view(ids[0])).body_text.replaceAll("\r\n", "\n").trim();
    expect(texts).toBe(long);
    expect(await view(ids.at(-2))).toMatchObject({
      folder: "all",
      body_html: null,
      body_text: expect.stringMatching(/^Grüße\r?\nJane\s*$/),
    });
  });
});
