import * as z from "zod";
import { CONSENTS } from "../../../connected/consents.ts";
import { optional } from "../../../crm/values/fields.ts";
import { line } from "../../../integrations/values.ts";
import { lazy } from "../../../memory/lazy.ts";
import type { FieldError } from "../../../refusals/field-error.ts";
import { notOneOf } from "../../../refusals/validation.ts";
import { SECRET, token } from "./body.ts";

const LONGEST_CODE = 4_096;
const LONGEST_ADDRESS = 2_000;
const VERIFIER = /^[\w.~-]{43,128}$/;
const ADDRESS = /^https?:\/\/[^\s#]+$/;

/** What the page of consent came back with, and what it was asked with. */
export const consentBody = lazy(() =>
  z.strictObject({
    provider: z.enum(CONSENTS, { error: ({ input }) => notOneOf(input, CONSENTS) }).meta({
      description:
        "`gmail` and `outlook` are the user's mail accounts, `google` and `microsoft` their " +
        "calendars, `teams` the workspace's account with Microsoft.",
    }),
    code: token(LONGEST_CODE).meta(SECRET),
    code_verifier: z.string().regex(
      VERIFIER,
      "Must be what code_challenge was made of: 43 to 128 letters, digits and any of -._~",
    ).meta({ ...SECRET, examples: ["dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"] }),
    redirect_uri: z.string().max(
      LONGEST_ADDRESS,
      `Must have at most ${LONGEST_ADDRESS} characters`,
    ).regex(ADDRESS, "Must be the address that consent was asked with, without a fragment")
      .meta({ examples: ["https://crm.example.com/console"] }),
    from_name: optional(line()).meta({
      description: "Of mail accounts, the user's name as others see it; required for those.",
    }),
  })
);

/** What somebody consented to. */
export type GivenConsent = z.output<ReturnType<typeof consentBody>>;

/** What is wrong with fields of it together. */
export function consentMistakes({ provider, from_name }: GivenConsent): FieldError[] {
  const isMail = provider === "gmail" || provider === "outlook";
  if (isMail === (from_name != null)) return [];
  const message = isMail
    ? `Is required for ${provider}: your name as others see it.`
    : "Is for gmail and outlook only.";
  return [{ field: "from_name", message }];
}
