import * as z from "zod";
import { APPS } from "../../../connected/account.ts";
import { optional, uuid } from "../../../crm/values/fields.ts";
import { instant } from "../../../crm/values/instant.ts";
import { lazy } from "../../../memory/lazy.ts";
import type { FieldError } from "../../../refusals/field-error.ts";
import { notOneOf } from "../../../refusals/validation.ts";

const LONGEST = 10_000;
const LONGEST_ID = 1_000;
/** A channel of Slack by its id, or by its name, which has no blanks. */
const CHANNEL = /^(#[^\s#]{1,80}|[A-Z0-9]{2,20})$/u;
/** What of a field that is never answered. */
export const SECRET = { writeOnly: true, format: "password" };

/** A word without blanks: tokens go into headers. */
export const token = (longest: number) =>
  z.string().regex(/^[\x21-\x7e]+$/, "Must be printable ASCII, without blanks")
    .max(longest, `Must have at most ${longest} characters`)
    .meta({ examples: ["as-the-service-gave-it"] });

/** An app as it is connected. */
export const accountBody = lazy(() =>
  z.strictObject({
    provider: z.enum(APPS, { error: ({ input }) => notOneOf(input, APPS) }),
    user_id: optional(uuid()).meta({
      description: "Whose calendar it is, of google and microsoft; the workspace's unless given.",
    }),
    access_token: token(LONGEST).meta(SECRET),
    refresh_token: optional(token(LONGEST)).meta(SECRET),
    client_id: optional(token(LONGEST_ID)),
    client_secret: optional(token(LONGEST_ID)).meta(SECRET),
    expires_at: optional(instant()),
    channel: optional(
      z.string().regex(CHANNEL, "Must be a channel's id, such as C012AB3CD, or # and its name")
        .meta({ examples: ["#sales", "C012AB3CD"] }),
    ).meta({ description: "Where Slack shows notifications." }),
  })
);

/** An app as it was given. */
export type GivenApp = z.output<ReturnType<typeof accountBody>>;

/** What is wrong with fields of it together. */
export function accountMistakes({ provider, user_id, channel }: GivenApp): FieldError[] {
  const isOfUser = user_id != null;
  const mistakes: FieldError[] = [];
  if (provider === "google" && !isOfUser) {
    mistakes.push({ field: "user_id", message: "Is required for google: whose calendar it is." });
  }
  if ((provider === "slack" || provider === "hubspot") && isOfUser) {
    const message = `Is not for ${provider}, which is the workspace's.`;
    mistakes.push({ field: "user_id", message });
  }
  if (channel != null && provider !== "slack") {
    mistakes.push({ field: "channel", message: "Is for slack only." });
  }
  return mistakes;
}
