import type { MailLinkUse } from "../../auth/mail-link.ts";
import type { Call } from "../../http/call.ts";
import type { OutboundEmail } from "../../mail/outbound-email.ts";
import { linkAddress } from "./mail-links.ts";

type Channel = OutboundEmail["channel"];

/** A message as a request gives it. */
export interface GivenEmail {
  leadId: string;
  connectionId: string;
  channel: Channel;
  subject: string;
  htmlBody: string;
  to?: readonly string[] | null | undefined;
  cc?: readonly string[] | null | undefined;
  bcc?: readonly string[] | null | undefined;
  textBody?: string | null | undefined;
  replyTo?: string | null | undefined;
  inReplyTo?: string | null | undefined;
  trackOpens?: boolean | null | undefined;
  trackClicks?: boolean | null | undefined;
}

/** The message with the links that its recipients have: to unsubscribe and, where asked, tracked. */
export async function composed(
  call: Pick<Call, "services" | "workspace">,
  id: string,
  given: GivenEmail,
): Promise<OutboundEmail> {
  const to = (use: MailLinkUse, link = 0) =>
    linkAddress(call, { use, workspaceId: call.workspace.id, messageId: id, link });
  return {
    id,
    dealId: given.leadId,
    integrationId: given.connectionId,
    channel: given.channel,
    ...(given.to ? { to: given.to } : {}),
    cc: given.cc ?? [],
    bcc: given.bcc ?? [],
    replyTo: given.replyTo ?? null,
    inReplyTo: given.inReplyTo ?? null,
    subject: given.subject,
    unsubscribeUrl: to("unsubscribe"),
    ...await bodiesOf(given, to),
  };
}

async function bodiesOf(
  { htmlBody, textBody, trackOpens, trackClicks }: GivenEmail,
  to: (use: MailLinkUse, link?: number) => string | null,
): Promise<Pick<OutboundEmail, "htmlBody" | "textBody" | "links">> {
  const pixel = trackOpens ? to("open") : null;
  const isTracked = trackClicks === true && to("click") !== null;
  if (pixel === null && !isTracked) return { htmlBody, textBody: textBody ?? null };
  const { trackLinks, withPixel } = await import("../../mail/tracked-html.ts");
  const { textOfHtml } = await import("../../providers/mail/text-of-html.ts");
  const { html, links } = isTracked
    ? trackLinks(htmlBody, (link) => to("click", link) ?? "")
    : { html: htmlBody, links: [] };
  return {
    htmlBody: pixel === null ? html : withPixel(html, pixel),
    // Made now: links in it lead where they are seen to.
    textBody: textBody ?? textOfHtml(htmlBody),
    links,
  };
}
