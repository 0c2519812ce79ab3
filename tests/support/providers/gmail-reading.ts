import { refusal } from "./gmail-api.ts";
import { partial } from "./gmail-fields.ts";
import { encodedHeader, encodedPeople, type KeptMail, searched } from "./kept-mail.ts";
import type { Answered, Seen } from "./lasting-stand-in.ts";

const MESSAGES = "/gmail/v1/users/me/messages";
const LABELS: Record<KeptMail["folder"], string[]> = {
  inbox: ["INBOX"],
  sent: ["SENT"],
  drafts: ["DRAFT"],
  trash: ["TRASH"],
  archive: [],
};
const FORMATS = new Set(["full", "metadata", "minimal", "raw"]);

/** The id of a message: hexadecimal, as Gmail's are. */
export const gmailId = (index: number): string =>
  `18c1${(index + 1).toString(16).padStart(12, "0")}`;

/** Answers as users.messages.list, get and attachments.get do; null for what is none of these. */
export function gmailReading(kept: readonly KeptMail[], request: Seen): Answered | null {
  const { method, path, query } = request;
  if (method !== "GET" || !path.startsWith(MESSAGES)) return null;
  const [, id, , attachmentId] = path.slice(MESSAGES.length).split("/");
  if (id === undefined) return listed(kept, query);
  if (!/^[0-9a-f]{1,16}$/.test(id)) return refusal(400, "Invalid id value", "invalidArgument");
  const index = kept.findIndex((_, at) => gmailId(at) === id);
  const mail = kept[index];
  if (mail === undefined) return refusal(404, "Requested entity was not found.", "notFound");
  if (attachmentId !== undefined) return attached(mail, attachmentId);
  const format = query.get("format") ?? "full";
  if (!FORMATS.has(format)) return refusal(400, "Invalid value for format", "badRequest");
  const whole = { ...about(mail, id), payload: format === "full" ? payloadOf(mail) : undefined };
  return { status: 200, body: partial(whole, query.get("fields")) };
}

function listed(kept: readonly KeptMail[], query: URLSearchParams): Answered {
  const most = Number(query.get("maxResults") ?? 100);
  const start = Number(/^page-(\d+)$/.exec(query.get("pageToken") ?? "page-0")?.[1] ?? NaN);
  if (!(most >= 1 && most <= 500) || Number.isNaN(start)) {
    return refusal(400, "Invalid value", "invalidArgument");
  }
  const labels = query.getAll("labelIds");
  const found = kept.map((mail, index) => ({ mail, id: gmailId(index) }))
    .filter(({ mail }) => mail.folder !== "trash" || query.get("includeSpamTrash") === "true")
    .filter(({ mail }) => labels.every((label) => labelsOf(mail).includes(label)))
    .filter(({ mail }) => isFound(mail, query.get("q") ?? ""))
    .toSorted((a, b) => b.mail.date.getTime() - a.mail.date.getTime());
  const messages = found.slice(start, start + most)
    .map(({ mail: { threadId }, id }) => ({ id, threadId }));
  const next = start + messages.length;
  return {
    status: 200,
    body: {
      // Without any, Gmail leaves the list out.
      ...(messages.length > 0 ? { messages } : {}),
      ...(next < found.length ? { nextPageToken: `page-${next}` } : {}),
      resultSizeEstimate: found.length,
    },
  };
}

function isFound(mail: KeptMail, q: string): boolean {
  const at = mail.date.getTime() / 1000;
  return q.split(/\s+/).filter((word) => word !== "").every((word) => {
    const [, operator, value = ""] = /^(is|after|before):(.+)$/.exec(word) ?? [];
    if (operator === "is") return value === "unread" && !mail.isRead;
    if (operator === "after") return at > Number(value);
    if (operator === "before") return at < Number(value);
    return searched(mail).includes(word.toLowerCase());
  });
}

function labelsOf(mail: KeptMail): string[] {
  return [...LABELS[mail.folder], ...(mail.isRead ? [] : ["UNREAD"])];
}

function about(mail: KeptMail, id: string) {
  return {
    id,
    threadId: mail.threadId,
    labelIds: labelsOf(mail),
    snippet: (mail.text ?? "").replaceAll("'", "&#39;").slice(0, 100),
    internalDate: String(mail.date.getTime()),
  };
}

function payloadOf(mail: KeptMail) {
  const given = {
    From: encodedPeople(mail.from),
    To: encodedPeople(mail.to),
    Cc: encodedPeople(mail.cc),
    Subject: encodedHeader(mail.subject),
    "Message-ID": mail.messageId,
    "In-Reply-To": mail.inReplyTo ?? "",
    References: mail.references.join(" "),
  };
  const headers = Object.entries(given).filter(([, value]) => value !== "")
    .map(([name, value]) => ({ name, value }));
  const bodies = [
    ...(mail.text === null ? [] : [bodyOf("text/plain", mail.text)]),
    ...(mail.html === null ? [] : [bodyOf("text/html", mail.html)]),
  ];
  const parts = [
    { mimeType: "multipart/alternative", filename: "", body: { size: 0 }, parts: bodies },
    ...mail.files.map(({ name, type, content }, at) => ({
      partId: String(at + 1),
      mimeType: type,
      filename: name,
      body: { attachmentId: `file-${at}`, size: content.length },
    })),
  ];
  return { mimeType: "multipart/mixed", filename: "", headers, body: { size: 0 }, parts };
}

// What is long is to be asked for by itself.
function bodyOf(mimeType: string, text: string) {
  const headers = [{ name: "Content-Type", value: `${mimeType}; charset="UTF-8"` }];
  const bytes = Buffer.from(text);
  const body = bytes.length > 10_000
    ? { attachmentId: `body-${mimeType.slice(5)}`, size: bytes.length }
    : { data: bytes.toString("base64url"), size: bytes.length };
  return { partId: `0.${mimeType}`, mimeType, filename: "", headers, body };
}

function attached(mail: KeptMail, id: string): Answered {
  const file = mail.files[Number(/^file-(\d+)$/.exec(id)?.[1] ?? NaN)]?.content;
  const text = id === "body-plain" ? mail.text : id === "body-html" ? mail.html : null;
  const bytes = file ?? (text === null ? null : Buffer.from(text));
  if (bytes === null) return refusal(400, "Invalid attachment token", "invalidArgument");
  return { status: 200, body: { size: bytes.length, data: bytes.toString("base64url") } };
}
