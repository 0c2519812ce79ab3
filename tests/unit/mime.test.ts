import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import type { Mail } from "../../shared/providers/mail/mail.ts";
import { mimeOf } from "../../shared/providers/mail/mime.ts";
import { told } from "../../shared/providers/outgoing/told.ts";
import { MAIL } from "../support/providers/mail-process.ts";

async function read(changes: Partial<Mail>, bcc = false) {
  const mime = await mimeOf({ ...MAIL, ...changes }, { bcc });
  const raw = mime.toString("latin1");
  return { raw, email: await PostalMime.parse(mime), head: raw.split("\r\n\r\n")[0] ?? "" };
}

describe("a message in MIME", () => {
  test("has its text before its HTML, as two ways to say the same", async () => {
    const { raw, email } = await read({ html: "<p>Grüße</p>", text: "Grüße" });
    expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
    expect(email.text?.trim()).toBe("Grüße");
    expect(email.html?.trim()).toBe("<p>Grüße</p>");
  });

  test("makes the text of the HTML where there is none, and no HTML of a text", async () => {
    const { email } = await read({
      html: "<h1>Hi</h1><p>See <a href='https://a.b/c'>this</a>",
      text: null,
    });
    expect(email.text?.trim()).toBe("Hi\n\nSee this [https://a.b/c]");
    const alone = await read({ html: null, text: "Only text" });
    expect(alone.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    expect(alone.email.html).toBeUndefined();
  });

  test("keeps text of every script, long lines and dots", async () => {
    const subject = `Grüße 😀 Привет שלום ${"very long ".repeat(60)}end`;
    const text = `.\n..\nFrom here\n${"ж".repeat(3_000)}\n${"a".repeat(3_000)}`;
    const from = { address: "zoe@example.com", name: 'Zoë "Z" Ünal, <Sales>' };
    const { raw, email } = await read({ subject, text, from });
    expect(email.subject).toBe(subject);
    expect(email.from).toEqual(from);
    expect(email.text?.trimEnd()).toBe(text);
    const lines = raw.split("\r\n");
    expect(lines.filter((line) => line.length > 998 || /[\r\n\x80-\xff]/.test(line))).toEqual([]);
  });

  test("has its own Message-ID and what it answers", async () => {
    const { head } = await read({ inReplyTo: "<first@example.org>", replyTo: "help@example.com" });
    expect(head).toContain(`\r\nMessage-ID: ${MAIL.messageId}\r\n`);
    expect(head).toContain("\r\nIn-Reply-To: <first@example.org>\r\n");
    expect(head).toContain("\r\nReferences: <first@example.org>\r\n");
    expect(head).toContain("\r\nReply-To: help@example.com\r\n");
    expect(head).toContain("\r\nDate: Sat, 28 Mar 2026 09:15:00 +0000\r\n");
  });

  test("offers to unsubscribe by one click, at an address of any length", async () => {
    const url = `https://example.com/u/${"t".repeat(300)}`;
    const { head } = await read({ unsubscribeUrl: url });
    expect(head).toContain(`List-Unsubscribe: <${url}>\r\n`);
    expect(head).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    expect((await read({})).head).not.toContain("List-Unsubscribe");
  });

  test("names the blind copies only where they are read in it", async () => {
    const bcc = ["hidden@example.org"];
    expect((await read({ bcc })).raw).not.toContain("hidden@");
    expect((await read({ bcc }, true)).email.bcc).toEqual([{ address: bcc[0], name: "" }]);
  });

  test("takes no header out of a subject or a name", async () => {
    const { head, email } = await read({
      subject: "Hi\r\nBcc: spy@example.org",
      from: { address: "sales@example.com", name: "Sales\r\nX-Evil: 1" },
    });
    expect(head).not.toMatch(/^(Bcc|X-Evil)/m);
    expect([email.subject, email.from?.name]).toEqual([
      "Hi Bcc: spy@example.org",
      "Sales X-Evil: 1",
    ]);
  });
});

describe("what another side said", () => {
  test("is one short line", () => {
    expect(told(" 550\r\n5.1.1\tno\u0000body ", [])).toBe("550 5.1.1 no body");
    expect(told("x".repeat(2_000), [])).toHaveLength(500);
    expect(told(`${"x".repeat(499)}👋`, [])).toBe(`${"x".repeat(499)}\ufffd`);
  });

  test("has no secret in any of its forms", () => {
    const secret = "s3cret/+=pass";
    const forms = [secret, btoa(secret), encodeURIComponent(secret)];
    expect(told(forms.join(" and "), [secret])).toBe("******** and ********== and ********");
    expect(told("a b", ["", "a"])).toBe("a b");
  });
});
