import * as z from "zod";
import type { Provider } from "./api-outcome.ts";
import type { Access } from "../outgoing/service.ts";
import { type Api, authorized } from "./authorized.ts";
import type { Mail, Outcome, Sending, SentAs, Sighting } from "./mail.ts";
import { mimeOf } from "./mime.ts";
import { unseen } from "./unseen.ts";

const refusal = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    errors: z.array(z.looseObject({ reason: z.string().optional() })).optional(),
  }),
});
const kept = z.looseObject({ id: z.string(), threadId: z.string().optional() })
  .transform(({ id, threadId = null }) => ({ id, threadId }));
const listed = z.looseObject({ messages: z.array(kept).optional() });

// Of a 403 or 429 (Gmail API: Resolve errors): the mailbox or the project asked too often.
const TOO_OFTEN = new Set([
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "dailyLimitExceeded",
  "quotaExceeded",
]);
// Of a 400: the account has no mailbox.
const NO_MAILBOX = "failedPrecondition";

export const GMAIL: Provider = {
  name: "Gmail",
  isAskable: true,
  reason(body) {
    const { message } = refusal.safeParse(body).data?.error ?? {};
    return message === undefined ? undefined : [message, ...reasonsOf(body)].join("; ");
  },
  code: (body) => reasonsOf(body)[0],
  passing: (body) => reasonsOf(body).some((reason) => TOO_OFTEN.has(reason)),
  atFault: (body) => reasonsOf(body).includes(NO_MAILBOX),
};

/** The Gmail API at an address, without a slash at the end. */
export function gmail(url: string, access: Access) {
  const api: Api = { provider: GMAIL, access };
  return {
    /** users.messages.send: who gets it stands in the headers, of which Gmail takes Bcc off. */
    async send(mail: Mail, { signal, handOver }: Sending): Promise<Outcome> {
      const raw = (await mimeOf(mail, { bcc: true })).toString("base64url");
      await handOver();
      const called = await authorized(api, {
        url: `${url}/gmail/v1/users/me/messages/send`,
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ raw, threadId: mail.thread?.id ?? undefined }),
        signal,
      });
      if ("failed" in called) return called.failed;
      return { state: "sent", refused: [], ...sentAs(kept.safeParse(called.answer.body).data) };
    },
    /** users.messages.list with `rfc822msgid:`, which looks in all of the mailbox. */
    async find(messageId: string, signal: AbortSignal): Promise<Sighting> {
      const q = `rfc822msgid:${messageId.replace(/^<|>$/g, "")}`;
      const query = new URLSearchParams({ q, maxResults: "1", includeSpamTrash: "true" });
      const called = await authorized(api, {
        url: `${url}/gmail/v1/users/me/messages?${query}`,
        method: "GET",
        signal,
      });
      if ("failed" in called) return unseen(called.failed);
      const { messages: [found] = [] } = listed.safeParse(called.answer.body).data ?? {};
      return found === undefined ? { state: "absent" } : { state: "found", as: found };
    },
  };
}

function sentAs(as: SentAs | undefined) {
  return as === undefined ? {} : { as };
}

function reasonsOf(body: unknown): string[] {
  const { errors = [] } = refusal.safeParse(body).data?.error ?? {};
  return errors.flatMap(({ reason }) => reason ?? []);
}
