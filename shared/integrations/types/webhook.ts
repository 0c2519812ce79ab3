import { Buffer } from "node:buffer";
import * as z from "zod";
import { LEAD_EVENTS } from "../../events/lead-event.ts";
import { urlMistake, urlRefusal } from "../../providers/outgoing/url.ts";
import { integrationType, may, required, secret } from "../type.ts";

const SECRET_BYTES = 32;
const LONGEST_URL = 2_048;

/** What is told of events, by POST (Standard Webhooks). */
export const webhook = integrationType({
  type: "webhook",
  name: "Webhook",
  description: "Sends each event as a signed POST to an address of your own (Standard Webhooks).",
  category: "webhook",
  settings: {
    url: required(() =>
      z.string().trim().max(LONGEST_URL, `Must have at most ${LONGEST_URL} characters`)
        .superRefine((given, issues) => {
          const mistake = urlMistake(given);
          if (mistake !== null) issues.addIssue(mistake);
        }).meta({ format: "uri", examples: ["https://shop.example.com/hook"] })
    ),
    secret: { ...secret(may(signingSecret)), make: newSigningSecret },
    events: may(
      () =>
        z.array(z.enum(LEAD_EVENTS, `Must be one of ${LEAD_EVENTS.join(", ")}`))
          .max(100, "Must have at most 100 events")
          .transform((given) => LEAD_EVENTS.filter((event) => given.includes(event)))
          .meta({ description: "What it is told of." }),
      [],
    ),
  },
  async lookUp({ url }, networks) {
    const message = typeof url === "string" ? await urlRefusal(url, { networks }) : null;
    return message === null ? [] : [{ field: "url", message }];
  },
});

/** A secret that deliveries are signed with (Standard Webhooks: whsec_ and its bytes in base64). */
export function newSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `whsec_${Buffer.from(bytes).toString("base64")}`;
}

// 24 to 64 bytes, or what stands for the secret that is kept.
const CHARACTER = "[A-Za-z0-9+/]";
const SECRET = new RegExp(
  `^\\*{8}$|^whsec_(?:(?:${CHARACTER}{4}){8,20}(?:${CHARACTER}{2}==|${CHARACTER}{3}=)?|` +
    `(?:${CHARACTER}{4}){21}(?:${CHARACTER}{2}==)?)$`,
);

function signingSecret(): z.ZodType {
  return z.string().regex(SECRET, "Must be whsec_ and the base64 of 24 to 64 bytes")
    .meta({ examples: [`whsec_${btoa("an example of 32 bytes, not one of yours".slice(0, 32))}`] });
}
