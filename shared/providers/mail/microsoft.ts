import * as z from "zod";
import type { Provider } from "./api-outcome.ts";
import type { Access } from "../outgoing/service.ts";
import { type Api, authorized } from "./authorized.ts";
import type { Mail, Outcome, Sending, Sighting } from "./mail.ts";
import { mimeOf } from "./mime.ts";
import { unseen } from "./unseen.ts";

const refusal = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string().optional() }),
});
const listed = z.looseObject({ value: z.array(z.unknown()) });

export const MICROSOFT: Provider = {
  name: "Microsoft",
  isAskable: true,
  reason(body) {
    const { code, message = "" } = refusal.safeParse(body).data?.error ?? {};
    return code === undefined ? undefined : `${code} ${message}`.trim();
  },
  code: (body) => refusal.safeParse(body).data?.error.code,
};

/** Microsoft Graph at an address with its version, without a slash at the end. */
export function microsoft(url: string, access: Access) {
  const api: Api = { provider: MICROSOFT, access };
  return {
    /** user: sendMail with the message as MIME, in base64. */
    async send(mail: Mail, { signal, handOver }: Sending): Promise<Outcome> {
      const body = (await mimeOf(mail, { bcc: true })).toString("base64");
      await handOver();
      const called = await authorized(api, {
        url: `${url}/me/sendMail`,
        method: "POST",
        headers: { "Content-Type": "text/plain" },
        body,
        signal,
      });
      return "answer" in called ? { state: "sent", refused: [] } : called.failed;
    },
    /** List messages with a filter by internetMessageId, in all folders. */
    async find(messageId: string, signal: AbortSignal): Promise<Sighting> {
      const query = new URLSearchParams({
        $filter: `internetMessageId eq '${messageId.replaceAll("'", "''")}'`,
        $select: "id",
        $top: "1",
      });
      const called = await authorized(api, {
        url: `${url}/me/messages?${query}`,
        method: "GET",
        signal,
      });
      if ("failed" in called) return unseen(called.failed);
      const found = listed.safeParse(called.answer.body).data?.value ?? [];
      return { state: found.length > 0 ? "found" : "absent" };
    },
  };
}
