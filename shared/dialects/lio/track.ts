import { Buffer } from "node:buffer";
import * as z from "zod";
import type { MailLink, MailLinkUse } from "../../auth/mail-link.ts";
import { DatabaseUnavailable } from "../../db/errors.ts";
import type { Call } from "../../http/call.ts";
import { publicRoute } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { wakeWorker } from "../../http/wake-worker.ts";
import { type Followed, linkTarget, noteClick, noteOpen } from "../../mail/recipient-links.ts";
import { lazy } from "../../memory/lazy.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { countByAddress } from "./by-address.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";

type Asked = Call<LioCaller>;

const PIXEL = Buffer.from(
  "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "base64",
);

const image = lazy(() => z.string().meta({ contentMediaType: "image/gif" }));

/** GET: the same image whatever happens, so that no message shows a broken one. */
const open: LioOperation = {
  kind: "read",
  get contract() {
    return { id: "trackOpen", summary: "Track that an email is opened", answers: { 200: image() } };
  },
  async run(call) {
    const link = linkOf(call, "open");
    if (link !== null && isFollowed(call)) await noted(call, link);
    return {
      status: 200,
      body: new Uint8Array(PIXEL),
      contentType: "image/gif",
      headers: NO_STORE,
    };
  },
};

const NO_STORE = { "Cache-Control": "no-store" };

// An open that cannot be counted now is not worth a broken image.
async function noted(call: Asked, link: MailLink): Promise<void> {
  try {
    await countByAddress(call);
    await noteOpen(followed(call, link));
    wakeWorker(call.services.publicUrl);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof DatabaseUnavailable)) throw error;
  }
}

/** GET: leads to an address that the message had, and to no other, whatever else is asked. */
const click: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "trackClick",
      summary: "Track that a link in an email is followed",
      answers: { 302: null },
      refusals: ["limited" as const, "unavailable" as const],
    };
  },
  async run(call) {
    await countByAddress(call);
    const link = linkOf(call, "click");
    if (link === null) throw broken();
    const at = followed(call, link);
    const address = await (isFollowed(call) ? noteClick(at) : linkTarget(at));
    if (address === null) throw broken();
    wakeWorker(call.services.publicUrl);
    const headers = { ...NO_STORE, Location: address, "Referrer-Policy": "no-referrer" };
    return { status: 302, body: null, headers };
  },
};

/** What recipients of mail do with it, without a key (spec: Email tracking). */
export default router<LioCaller>("/api/v1/track")
  .get("/open/:token", publicRoute, open)
  .get("/click/:token", publicRoute, click);

function linkOf({ services, params }: Asked, use: MailLinkUse): MailLink | null {
  if (!services.env.LUMENBASE_ENCRYPTION_KEY) return null;
  return services.mailLinks().read(params.token ?? "", use);
}

function followed({ services: { database }, requestId }: Asked, link: MailLink): Followed {
  return { database, link, requestId };
}

// A HEAD looks whether there is anything.
function isFollowed({ request }: Asked): boolean {
  return request.method === "GET";
}

function broken(): Refusal {
  return new Refusal("not_found", "This link leads nowhere: it is not whole, or too old.");
}
