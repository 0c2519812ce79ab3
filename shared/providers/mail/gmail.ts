import * as z from "zod";
import type { Provider } from "./api-outcome.ts";
import { type Api, authorized } from "./authorized.ts";
import type { Mail, Outcome, Sending, Sighting } from "./mail.ts";
import { mimeOf } from "./mime.ts";
import type { Grant } from "./oauth.ts";
import { unseen } from "./unseen.ts";

const refusal = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    errors: z.array(z.looseObject({ reason: z.string().optional() })).optional(),
  }),
});
const listed = z.looseObject({ messages: z.array(z.unknown()).optional() });

// Of a 403 or 429 (Gmail API: Resolve errors): the mailbox or the project asked too often.
const TOO_OFTEN = new Set([
  "rateLimitExceeded",
  "userRateLimitExceeded",
  "dailyLimitExceeded",
  "quotaExceeded",
]);
// Of a 400: the account has no mailbox.
const NO_MAILBOX = "failedPrecondition";

const GMAIL: Provider = {
  name: "Gmail",
  isAskable: true,
  reason(body) {
    const { message } = refusal.safeParse(body).data?.error ?? {};
    return message === undefined ? undefined : [message, ...reasonsOf(body)].join("; ");
  },
  passing: (body) => reasonsOf(body).some((reason) => TOO_OFTEN.has(reason)),
  atFault: (body) => reasonsOf(body).includes(NO_MAILBOX),
};

/** The Gmail API at an address, without a slash at the end. */
export function gmail(url: string, grant: Grant) {
  const api: Api = { provider: GMAIL, grant };
  return {
    /** users.messages.send: who gets it stands in the headers, of which Gmail takes Bcc off. */
    async send(mail: Mail, { signal, handOver }: Sending): Promise<Outcome> {
      const raw = (await mimeOf(mail, { bcc: true })).toString("base64url");
      await handOver();
      const called = await authorized(api, {
        url: `${url}/gmail/v1/users/me/messages/send`,
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ raw }),
        signal,
      });
      return "answer" in called ? { state: "sent", refused: [] } : called.failed;
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
      const { messages = [] } = listed.safeParse(called.answer.body).data ?? {};
      return { state: messages.length > 0 ? "found" : "absent" };
    },
  };
}

function reasonsOf(body: unknown): string[] {
  const { errors = [] } = refusal.safeParse(body).data?.error ?? {};
  return errors.flatMap(({ reason }) => reason ?? []);
}
