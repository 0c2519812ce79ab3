import * as z from "zod";
import type { Access } from "../outgoing/service.ts";
import { type Api, authorized, type Call, type Called } from "./authorized.ts";
import type { Failed, Mail, Outcome, Sending, SentAs, Sighting } from "./mail.ts";
import { MICROSOFT, microsoft } from "./microsoft.ts";
import { unseen } from "./unseen.ts";

const stored = z.looseObject({
  id: z.string(),
  conversationId: z.string().nullable().optional(),
  isDraft: z.boolean().optional(),
});
const listed = z.looseObject({ value: z.array(stored) });

type Stored = z.output<typeof stored>;
type Drafted = { message: Stored } | { failed: Failed };

/** Where the mailbox is. */
interface Place {
  url: string;
  api: Api;
}

/**
 * A user's mailbox at Microsoft Graph, where mail is written as a draft and then sent: until that is asked for,
 * nothing has left. It keeps the Message-ID that it is given (message: update, `internetMessageId`). What calendars
 * are told has no place in a draft's fields, so an invitation is sent as MIME.
 */
export function outlook(url: string, access: Access) {
  const place: Place = { url, api: { provider: MICROSOFT, access } };
  return {
    async send(mail: Mail, sending: Sending): Promise<Outcome> {
      if (mail.calendar !== undefined) return await microsoft(url, access).send(mail, sending);
      const { signal, handOver } = sending;
      const draft = await drafted(place, mail, signal);
      // Of a draft nothing is in doubt: it has not left.
      if ("failed" in draft) return unseen(draft.failed);
      await handOver();
      const { message } = draft;
      const path = `${pathOf(message.id)}/send`;
      const called = await asked(place, { method: "POST", path, signal });
      return "answer" in called ? { state: "sent", refused: [], as: asOf(message) } : called.failed;
    },
    /** A draft was not sent. */
    async find(messageId: string, signal: AbortSignal): Promise<Sighting> {
      const found = await withMessageId(place, messageId, signal);
      if ("failed" in found) return unseen(found.failed);
      const sent = found.messages.find(({ isDraft }) => isDraft === false);
      return sent === undefined ? { state: "absent" } : { state: "found", as: asOf(sent) };
    },
  };
}

interface Request {
  method: Call["method"];
  path: string;
  json?: object;
  signal: AbortSignal;
}

function asked({ url, api }: Place, { method, path, json, signal }: Request): Promise<Called> {
  const body = json === undefined
    ? {}
    : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(json) };
  return authorized(api, { url: url + path, method, signal, ...body });
}

const pathOf = (id: string) => `/me/messages/${encodeURIComponent(id)}`;

/** The messages, drafts among them, that have a Message-ID. */
async function withMessageId(place: Place, messageId: string, signal: AbortSignal) {
  const query = new URLSearchParams({
    $filter: `internetMessageId eq '${messageId.replaceAll("'", "''")}'`,
    $select: "id,conversationId,isDraft",
    $top: "10",
  });
  const called = await asked(place, { method: "GET", path: `/me/messages?${query}`, signal });
  if ("failed" in called) return called;
  return { messages: listed.safeParse(called.answer.body).data?.value ?? [] };
}

/** The draft of a message, made anew unless an attempt before has left it. */
async function drafted(place: Place, mail: Mail, signal: AbortSignal): Promise<Drafted> {
  if (mail.isAgain) {
    const found = await withMessageId(place, mail.messageId, signal);
    if ("failed" in found) return found;
    const message = found.messages.find(({ isDraft }) => isDraft !== false);
    if (message !== undefined) return { message };
  }
  const json = contentOf(mail);
  if (mail.thread === undefined) {
    return messageIn(await asked(place, { method: "POST", path: "/me/messages", json, signal }));
  }
  const path = `${pathOf(mail.thread.answers)}/createReply`;
  const reply = messageIn(await asked(place, { method: "POST", path, signal }));
  if ("failed" in reply) return reply;
  const changing = { method: "PATCH", path: pathOf(reply.message.id), json, signal } as const;
  const changed = await asked(place, changing);
  return "failed" in changed ? changed : reply;
}

function contentOf({ messageId, to, cc, bcc, replyTo, subject, html, text }: Mail) {
  const people = (given: readonly string[]) =>
    given.map((address) => ({ emailAddress: { address } }));
  return {
    internetMessageId: messageId,
    subject,
    body: html === null
      ? { contentType: "Text", content: text ?? "" }
      : { contentType: "HTML", content: html },
    toRecipients: people(to),
    ccRecipients: people(cc),
    bccRecipients: people(bcc),
    ...(replyTo === null ? {} : { replyTo: people([replyTo]) }),
  };
}

function messageIn(called: Called): Drafted {
  if ("failed" in called) return called;
  const { data } = stored.safeParse(called.answer.body);
  if (data !== undefined) return { message: data };
  const error = "Microsoft answered without the draft.";
  return { failed: { state: "later", error, account: false, retryAfter: null } };
}

function asOf({ id, conversationId = null }: Stored): SentAs {
  return { id, threadId: conversationId };
}
