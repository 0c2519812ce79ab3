import type { Buffer } from "node:buffer";
import type { Mail } from "./mail.ts";

/**
 * A message in MIME (RFC 5322, RFC 2046), lines ending in CRLF: text and HTML as
 * multipart/alternative, text first, or a text alone. With `bcc`, for a provider that reads the
 * recipients in the headers, it has the Bcc header as well.
 */
export async function mimeOf(mail: Mail, { bcc }: { bcc: boolean }): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const node = new MailComposer({
    messageId: mail.messageId,
    date: mail.date,
    from: { address: mail.from.address, name: oneLine(mail.from.name ?? "") },
    to: [...mail.to],
    cc: [...mail.cc],
    bcc: [...mail.bcc],
    ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
    ...(mail.inReplyTo === null ? {} : {
      inReplyTo: mail.inReplyTo,
      references: [...mail.references ?? [mail.inReplyTo]],
    }),
    subject: mail.subject,
    text: await textOf(mail),
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(mail.calendar === undefined
      ? {}
      : { icalEvent: { ...mail.calendar, filename: "invite.ics" } }),
    headers: unsubscribeHeaders(mail.unsubscribeUrl),
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  node.keepBcc = bcc;
  return await node.build();
}

async function textOf({ html, text }: Mail): Promise<string> {
  if (text !== null || html === null) return text ?? "";
  const { textOfHtml } = await import("./text-of-html.ts");
  return textOfHtml(html);
}

// As they are: folded, a long URL would be cut by readers that do not unfold it.
function unsubscribeHeaders(url: string | null) {
  if (url === null) return {};
  return {
    "List-Unsubscribe": { prepared: true, value: `<${url}>` },
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
