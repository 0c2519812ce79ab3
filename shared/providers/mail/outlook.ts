import * as z from "zod";
import type { Access } from "../outgoing/service.ts";
import { type Api, authorized, type Call, type Called } from "./authorized.ts";
import type { Failed, Mail, Outcome, Sending, SentAs, Sighting } from "./mail.ts";
import { MICROSOFT } from "./microsoft.ts";
import { unseen } from "./unseen.ts";

const stored = z.looseObject({
  id: z.string(),
  conversationId: z.string().nullable().optional(),
  isDraft: z.boolean().optional(),
});
const listed = z.looseObject({ value: z.array(stored) });

type Stored = z.output<typeof stored>;
/** What came of a question; the answer may be of another form than expected. */
type Asked = { message: Stored } | { failed: Failed };

/**
 * A user's mailbox at Microsoft Graph, where mail is written as a draft and then sent: until that is asked for,
 * nothing has left. It keeps the Message-ID that it is given (message: update, `internetMessageId`).
 */
export function outlook(url: string, access: Access) {
  const api: Api = { provider: MICROSOFT, access };
  const of = (id: string) => `${url}/me/messages/${encodeURIComponent(id)}`;
  const ask = (call: Call) => authorized(api, call);

  async function drafts(messageId: string, signal: AbortSignal) {
    const query = new URLSearchParams({
      $filter: `internetMessageId eq '${messageId.replaceAll("'", "''")}'`,
      $select: "id,conversationId,isDraft",
      $top: "10",
    });
    const called = await ask({ url: `${url}/me/messages?${query}`, method: "GET", signal });
    if ("failed" in called) return called;
    return { messages: listed.safeParse(called.answer.body).data?.value ?? [] };
  }

  /** The draft of a message, made anew unless an attempt before has left it. */
  async function drafted(mail: Mail, signal: AbortSignal): Promise<Asked> {
    if (mail.isAgain) {
      const found = await drafts(mail.messageId, signal);
      if ("failed" in found) return { failed: unseen(found.failed) };
      const message = found.messages.find(({ isDraft }) => isDraft !== false);
      if (message !== undefined) return { message };
    }
    const json = { method: "POST", headers: JSON_TYPE, signal } as const;
    if (mail.thread === undefined) {
      const body = JSON.stringify(contentOf(mail));
      return undoable(messageIn(await ask({ ...json, url: `${url}/me/messages`, body })));
    }
    const { answers } = mail.thread;
    const reply = messageIn(
      await ask({ url: `${of(answers)}/createReply`, method: "POST", signal }),
    );
    if ("failed" in reply) return undoable(reply);
    const body = JSON.stringify(contentOf(mail));
    const changed = await ask({ ...json, method: "PATCH", url: of(reply.message.id), body });
    return "failed" in changed ? undoable(changed) : reply;
  }

  return {
    async send(mail: Mail, { signal, handOver }: Sending): Promise<Outcome> {
      const draft = await drafted(mail, signal);
      if ("failed" in draft) return draft.failed;
      await handOver();
      const { message } = draft;
      const called = await ask({ url: `${of(message.id)}/send`, method: "POST", signal });
      return "answer" in called ? { state: "sent", refused: [], as: asOf(message) } : called.failed;
    },
    /** A draft was not sent. */
    async find(messageId: string, signal: AbortSignal): Promise<Sighting> {
      const found = await drafts(messageId, signal);
      if ("failed" in found) return unseen(found.failed);
      const sent = found.messages.find(({ isDraft }) => isDraft === false);
      return sent === undefined ? { state: "absent" } : { state: "found", as: asOf(sent) };
    },
  };
}

const JSON_TYPE = { "Content-Type": "application/json" };

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

function messageIn(called: Called): Asked {
  if ("failed" in called) return called;
  const { data } = stored.safeParse(called.answer.body);
  if (data !== undefined) return { message: data };
  const error = "Microsoft answered without the draft.";
  return { failed: { state: "later", error, account: false, retryAfter: null } };
}

// Of a draft nothing is in doubt: it has not left.
function undoable(asked: Asked | { failed: Failed }): Asked {
  return "failed" in asked ? { failed: unseen(asked.failed) } : asked;
}

function asOf({ id, conversationId = null }: Stored): SentAs {
  return { id, threadId: conversationId };
}
