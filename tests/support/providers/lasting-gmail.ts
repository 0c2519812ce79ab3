import type { RunningStandIn } from "./all.ts";
import { gmailSending, unauthorized } from "./gmail-api.ts";
import { gmailId, gmailReading } from "./gmail-reading.ts";
import { keptMail } from "./kept-mail.ts";
import { lastingStandIn } from "./lasting-stand-in.ts";

/** The access token of every account there. */
export const GMAIL_TOKEN = "gmail-access-token";

const KEPT = [keptMail({ isRead: true }), keptMail({ folder: "sent" })];

const THREADS = KEPT.map(({ threadId }) => threadId);

/** The id of a message that every account has. */
export const KEPT_MESSAGE = gmailId(0);

/** A mailbox that is read, and mail sent from, for the whole run. */
export async function lastingGmail(): Promise<RunningStandIn> {
  const { url, stop } = await lastingStandIn((request) =>
    request.headers.authorization === `Bearer ${GMAIL_TOKEN}`
      ? gmailSending([], THREADS, request) ?? gmailReading(KEPT, request) ??
        { status: 404, body: "Not Found" }
      : unauthorized()
  );
  return { environment: { GMAIL_API_URL: url }, stop };
}
