import * as z from "zod";
import { email, optional } from "../../crm/values/fields.ts";
import { line } from "../../integrations/values.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { id } from "./given.ts";
import { oneNumber } from "./filters.ts";
import { oneRecord } from "./schemas.ts";

const MOST_RECIPIENTS = 50;
const LONGEST_SUBJECT = 998;
const LONGEST_BODY = 400 * 1024;
// A comma that is not within quotes.
const BETWEEN = /,(?=(?:[^"]*"[^"]*")*[^"]*$)/;

/** The subject of a message: one line, so that no header can be put into it. */
export const subject = lazy(() => line(LONGEST_SUBJECT));

/** The body of a message, in HTML. */
export const htmlBody = lazy(() =>
  z.string().regex(/\S/, "Must not be empty")
    .refine(
      (given) => new TextEncoder().encode(given).length <= LONGEST_BODY,
      `Must have at most ${LONGEST_BODY / 1024} KB`,
    ).meta({ maxLength: LONGEST_BODY, contentMediaType: "text/html" })
);

const address = lazy(() =>
  z.string().regex(/^[^\p{Cc}]*$/u, "Must be on one line").pipe(email())
    .meta({ examples: ["jane@example.com", "Jane Roe <jane@example.com>"] })
);

const listOf = (least: number) =>
  z.array(address()).min(least, "Must have an email").max(
    MOST_RECIPIENTS,
    `Must have at most ${MOST_RECIPIENTS} emails`,
  );

/** Whom a message is to: emails in a list, or in a text with commas between; each once. */
export const recipients = (least = 0) =>
  z.union([z.string(), z.array(z.string())], "Must be emails, in a list or with commas between")
    .transform((given, { issues }) => {
      const isText = typeof given === "string";
      const checked = listOf(least).safeParse(isText ? apart(given) : given);
      if (checked.success) return [...new Set(checked.data)];
      for (const { message, path } of checked.error.issues.slice(0, isText ? 1 : undefined)) {
        issues.push({ code: "custom", message, path: isText ? [] : [...path], input: given });
      }
      return z.NEVER;
    }).meta({ examples: ["jane@example.com, Bob <bob@example.com>", ["jane@example.com"]] });

/** Some of those, or none. */
export const otherRecipients = lazy(() => optional(recipients()));

function apart(text: string): string[] {
  return text.split(BETWEEN).map((one) => one.trim()).filter((one) => one !== "");
}

/** The id of a mail account, in the body or else among the query parameters. */
export const inBody = lazy(() => optional(id()).meta({ description: ACCOUNT }));
export const inQuery = lazy(() =>
  z.strictObject({ config_id: oneNumber().optional().meta({ description: ACCOUNT }) })
);
const ACCOUNT = "The mail account; in the body or among the query parameters.";

/** The id that was given in one of the two. Throws InvalidInput. */
export function accountNumber(
  inText: string | undefined,
  given: number | null | undefined,
): number {
  const number = inText === undefined ? undefined : Number(inText);
  const both = [...new Set([number, given ?? undefined].filter((one) => one !== undefined))];
  const [only] = both;
  if (only !== undefined && both.length === 1) return only;
  const message = both.length > 1
    ? "Must be the same as the query parameter config_id."
    : "Is required, here or as a query parameter: the id of your mail account.";
  throw new InvalidInput([{ field: "config_id", message }]);
}

/** A message that was sent, as it is answered. */
export const sentMail = lazy(() =>
  oneRecord(
    z.object({
      id: z.int(),
      message_id: z.string().meta({ description: "As the header of the message has it." }),
      thread_id: z.string().nullable().meta({
        description: "The provider's; of a server that has none, the Message-ID it began with.",
      }),
      status: z.literal("sent"),
      tracked: z.boolean(),
      lead_id: z.int().nullable(),
    }).meta({ id: "SentMessage" }),
  ).meta({ id: "SentMessageAnswer" })
);
