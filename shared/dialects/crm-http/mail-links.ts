import { Buffer } from "node:buffer";
import type { MailLink, MailLinkUse } from "../../auth/mail-link.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { publicRoute } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { noteClick, noteOpen, unsubscribeRecipient } from "../../mail/recipient-links.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";

type Asked = Call<CrmCaller>;

const PIXEL = Buffer.from(
  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "base64",
);

/** The address of a link in a message; null where the functions have no address of their own. */
export function linkAddress({ services }: Pick<Asked, "services">, of: MailLink): string | null {
  const { publicUrl } = services;
  if (!publicUrl.startsWith("http")) return null;
  return `${publicUrl}/crm/mail/${of.use}/${services.mailLinks().issue(of)}`;
}

// The same image whatever the token, so that nothing is learned from it.
const open: CrmOperation = {
  kind: "read",
  async run(call) {
    const link = linkOf(call, "open");
    if (link !== null && isFollowed(call)) await noteOpen(followed(call, link));
    return { status: 200, body: new Uint8Array(PIXEL), contentType: "image/gif" };
  },
};

const click: CrmOperation = {
  kind: "read",
  async run(call) {
    const link = linkOf(call, "click");
    if (link === null) throw broken();
    if (!isFollowed(call)) return { status: 204, body: null };
    const address = await noteClick(followed(call, link));
    if (address === null) throw broken();
    const headers = { Location: address, "Referrer-Policy": "no-referrer" };
    return { status: 302, body: null, headers };
  },
};

// Whoever looks at a link before its reader does must not unsubscribe them (RFC 8058, section 3.2).
const ask: CrmOperation = {
  kind: "read",
  run(call) {
    if (linkOf(call, "unsubscribe") === null) throw broken();
    return Promise.resolve(page(`<p>Do you want no more mail from this sender?</p>
<form method="post"><button>Unsubscribe</button></form>`));
  },
};

// RFC 8058: one click, whatever the body.
const unsubscribe: CrmOperation = {
  kind: "write",
  async run(call) {
    const link = linkOf(call, "unsubscribe");
    if (link === null || !await unsubscribeRecipient(followed(call, link))) throw broken();
    return page("<p>You are unsubscribed.</p>");
  },
};

/** What links in mail lead to: for its recipients, without a key, and no part of the contract. */
export default router<CrmCaller>("/mail")
  .get("/open/:token", publicRoute, open)
  .get("/click/:token", publicRoute, click)
  .get("/unsubscribe/:token", publicRoute, ask)
  .post("/unsubscribe/:token", publicRoute, unsubscribe);

function linkOf({ services, params }: Asked, use: MailLinkUse): MailLink | null {
  return services.mailLinks().read(params.token ?? "", use);
}

function followed({ services: { database }, requestId }: Asked, link: MailLink) {
  return { database, link, requestId };
}

// A HEAD looks whether there is anything.
function isFollowed({ request }: Asked): boolean {
  return request.method === "GET";
}

function broken(): Refusal {
  return new Refusal("not_found", "This link leads nowhere: it is not whole, or too old.");
}

function page(content: string): Outcome {
  return {
    status: 200,
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Unsubscribe</title>
${content}
</html>
`,
    contentType: "text/html; charset=utf-8",
    headers: {
      "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
      "Referrer-Policy": "no-referrer",
    },
  };
}
