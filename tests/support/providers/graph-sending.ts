import type { Answered, Seen } from "./lasting-stand-in.ts";
import type { Email } from "postal-mime";
import { refusal, sent as sentAsMime } from "./microsoft-graph.ts";

/** A message that was written at Microsoft Graph: a draft until it is sent. */
export interface GraphMail {
  id: string;
  conversationId: string;
  isDraft: boolean;
  internetMessageId: string;
  subject: string;
  body: { contentType: string; content: string };
  toRecipients: { emailAddress: { address: string } }[];
  ccRecipients: { emailAddress: { address: string } }[];
  bccRecipients: { emailAddress: { address: string } }[];
  /** What it answers, if it does. */
  answers: string | null;
  /** Of one that was sent as MIME, what that says. */
  email?: Email;
}

/** A message that can be answered. */
export interface Answerable {
  id: string;
  conversationId: string;
  from: string;
}

const MESSAGE = /^\/v1\.0\/me\/messages(?:\/([^/]+)(?:\/(createReply|send))?)?$/;
const FILTER = /^internetMessageId eq '((?:[^']|'')*)'$/;

/**
 * Answers as Get user, sendMail, Create draft, message: createReply, Update message, message: send and the filter by
 * Message-ID do; null for what is none of these.
 */
export function graphSending(
  mails: GraphMail[],
  others: readonly Answerable[],
  request: Seen,
): Answered | Promise<Answered> | null {
  const { method, path, query } = request;
  if (path === "/v1.0/me/sendMail") return atOnce(mails, request);
  if (method === "GET" && path === "/v1.0/me") {
    return { status: 200, body: { id: "u1", displayName: "Rita Rep", mail: "rita@example.com" } };
  }
  const [whole, given, action] = MESSAGE.exec(path) ?? [];
  if (whole === undefined) return null;
  const id = given === undefined ? null : decodeURIComponent(given);
  if (id === null) {
    if (method === "POST") return drafted(mails, null, request);
    const [, asked] = FILTER.exec(query.get("$filter") ?? "") ?? [];
    return method === "GET" && asked !== undefined ? filtered(mails, asked) : null;
  }
  if (method === "POST" && action === "createReply") return replied(mails, others, id);
  const mail = mails.find((one) => one.id === id);
  if (method === "PATCH" && action === undefined) return changed(mail, request);
  return method === "POST" && action === "send" ? sent(mail) : null;
}

async function atOnce(mails: GraphMail[], request: Seen): Promise<Answered> {
  const arrived: Email[] = [];
  const answered = await sentAsMime(arrived, request);
  for (const email of arrived) {
    mails.push({ ...emptyMail(mails.length + 1), ...contentOf(email), isDraft: false, email });
  }
  return answered;
}

function contentOf({ messageId = "", subject = "" }: Email) {
  return { internetMessageId: messageId, subject };
}

function emptyMail(number: number): GraphMail {
  return {
    id: `AAMkDraft${number}=`,
    conversationId: `AAQkConversation${number}=`,
    isDraft: true,
    internetMessageId: `<draft-${number}@outlook.com>`,
    subject: "",
    body: { contentType: "text", content: "" },
    toRecipients: [],
    ccRecipients: [],
    bccRecipients: [],
    answers: null,
  };
}

function drafted(
  mails: GraphMail[],
  answers: Answerable | null,
  { headers, body }: Pick<Seen, "headers" | "body">,
) {
  if (headers["content-type"] !== "application/json") {
    return refusal(400, "RequestBodyRead", "The content type is not supported.");
  }
  const answering = answers === null ? {} : {
    conversationId: answers.conversationId,
    toRecipients: [{ emailAddress: { address: answers.from } }],
    answers: answers.id,
  };
  const mail: GraphMail = {
    ...emptyMail(mails.length + 1),
    ...answering,
    ...JSON.parse(body.toString()) as object,
  };
  mails.push(mail);
  return { status: 201, body: mail };
}

function replied(mails: GraphMail[], others: readonly Answerable[], id: string): Answered {
  const answered = others.find((one) => one.id === id);
  if (answered === undefined) return gone();
  const headers = { "content-type": "application/json" };
  return drafted(mails, answered, { headers, body: Buffer.from("{}") });
}

function changed(mail: GraphMail | undefined, { headers, body }: Seen): Answered {
  if (mail === undefined) return gone();
  if (headers["content-type"] !== "application/json") {
    return refusal(400, "RequestBodyRead", "The content type is not supported.");
  }
  if (!mail.isDraft) return refusal(400, "ErrorInvalidOperation", "The item is no draft.");
  Object.assign(mail, JSON.parse(body.toString()));
  return { status: 200, body: mail };
}

// Whoever sends a draft moves it, so that it has another id after that.
function sent(mail: GraphMail | undefined): Answered {
  if (mail === undefined) return gone();
  const { toRecipients, ccRecipients, bccRecipients } = mail;
  if ([toRecipients, ccRecipients, bccRecipients].every((people) => people.length === 0)) {
    return refusal(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.");
  }
  Object.assign(mail, { isDraft: false, id: mail.id.replace("Draft", "Sent") });
  return { status: 202 };
}

function filtered(mails: readonly GraphMail[], quoted: string): Answered {
  const asked = quoted.replaceAll("''", "'");
  return {
    status: 200,
    body: { value: mails.filter(({ internetMessageId }) => internetMessageId === asked) },
  };
}

function gone(): Answered {
  return refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}
