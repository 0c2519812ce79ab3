import { Buffer } from "node:buffer";
import * as z from "zod";
import { type Provider, refusalOf, silence } from "./api-outcome.ts";
import { ask } from "../outgoing/ask.ts";
import { type Mail, type Outcome, recipientsOf, type Sending } from "./mail.ts";
import { mimeOf } from "./mime.ts";

const said = z.union([
  z.looseObject({ message: z.string() }).transform(({ message }) => message),
  z.string().min(1).max(1_000),
]);

const MAILGUN: Provider = { name: "Mailgun", reason: (body) => said.safeParse(body).data };

/** A domain at Mailgun. */
export interface MailgunDomain {
  /** Without a slash at the end. */
  url: string;
  domain: string;
  apiKey: string;
}

/** Sends a message by `POST /v3/{domain}/messages.mime`, to all its recipients. */
export async function sendByMailgun(
  { url, domain, apiKey }: MailgunDomain,
  mail: Mail,
  { signal, handOver }: Sending,
): Promise<Outcome> {
  const form = new FormData();
  for (const address of recipientsOf(mail)) form.append("to", address);
  const mime = await mimeOf(mail, { bcc: false });
  form.append("message", new Blob([new Uint8Array(mime)], { type: "message/rfc822" }), "mail.eml");
  await handOver();
  try {
    const answer = await ask(`${url}/v3/${encodeURIComponent(domain)}/messages.mime`, {
      method: "POST",
      headers: { Authorization: `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}` },
      body: form,
      signal,
    });
    if (answer.status === 200) return { state: "sent", refused: [] };
    return refusalOf(MAILGUN, answer, [apiKey]);
  } catch (error) {
    return silence(MAILGUN, error);
  }
}
