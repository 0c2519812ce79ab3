import type { RunningStandIn } from "./all.ts";
import { gmailSending, refusal } from "./gmail-api.ts";
import { gmailId, gmailReading } from "./gmail-reading.ts";
import { keptMail } from "./kept-mail.ts";
import { lastingStandIn } from "./lasting-stand-in.ts";

/** The access token of every account there. */
export const GMAIL_TOKEN = "gmail-access-token";

const KEPT = [keptMail({ isRead: true }), keptMail({ folder: "sent" })];

/** The id of a message that every account has. */
export const KEPT_MESSAGE = gmailId(0);

/** A mailbox that is read for the whole run, and sends what it then forgets. */
export async function lastingGmail(): Promise<RunningStandIn> {
  const { url, stop } = await lastingStandIn((request) =>
    request.headers.authorization === `Bearer ${GMAIL_TOKEN}`
      ? gmailReading(KEPT, request) ?? gmailSending([], [], request) ??
        { status: 404, body: "Not Found" }
      : refusal(401, "Request had invalid authentication credentials.", "authError")
  );
  return { environment: { GMAIL_API_URL: url }, stop };
}
