import * as z from "zod";
import { MAILERS } from "../../crm/mail-accounts.ts";
import { email, optional } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import { host, line, word } from "../../integrations/values.ts";
import type { SmtpSettings } from "../../mail/mail-account.ts";
import { lazy } from "../../memory/lazy.ts";
import type { FieldError } from "../../refusals/field-error.ts";

const SECURITIES = ["tls", "starttls", "none"] as const;
const SMTPS = 465;
const IMAPS = 993;
const OF_SMTP = [
  "smtp_host",
  "smtp_port",
  "smtp_user",
  "smtp_security",
  "imap_host",
  "imap_port",
] as const;
const OF_TOKENS = ["refresh_token", "client_id", "client_secret", "expires_at"] as const;

const port = lazy(() => {
  const message = "Must be a whole number from 1 to 65535";
  return z.int(message).min(1, message).max(65_535, message);
});
const SECRET = { format: "password" };
const token = lazy(() =>
  z.string().min(1, "Must not be empty").max(10_000, "Must have at most 10000 characters").meta(
    SECRET,
  )
);

/** A mail account as it is added. */
export const accountBody = lazy(() =>
  z.strictObject({
    mailer: z.enum(MAILERS, `Must be one of ${MAILERS.join(", ")}`),
    from_address: email(),
    from_name: line(),
    password: token().meta({
      ...SECRET,
      description: "The OAuth access token; of smtp the password.",
    }),
    refresh_token: optional(token()),
    client_id: optional(line(1_000)),
    client_secret: optional(token()),
    expires_at: optional(instant()),
    smtp_host: optional(host()).meta({ description: "Required for smtp." }),
    smtp_port: optional(port()).meta({ default: SMTPS }),
    smtp_user: optional(line()).meta({ description: "The from_address unless given." }),
    smtp_security: optional(word(...SECURITIES)()).meta({
      description:
        "`tls` on port 465, else `starttls`, unless given; `none` only for a host that " +
        "is an address within OUTBOUND_PRIVATE_NETWORKS.",
    }),
    imap_host: optional(host()).meta({ description: "Without it the account only sends." }),
    imap_port: optional(port()).meta({ default: IMAPS }),
  })
);

/** A mail account as it was given. */
export type GivenAccount = z.output<ReturnType<typeof accountBody>>;

/** What is wrong with the account as a whole. */
export function accountMistakes(given: GivenAccount): FieldError[] {
  const isSmtp = given.mailer === "smtp";
  const foreign = isSmtp ? OF_TOKENS : OF_SMTP;
  const mistakes = foreign.filter((field) => given[field] != null).map((field) => ({
    field,
    message: isSmtp ? "Must be left out for smtp." : "Is for smtp only.",
  }));
  const isToken = isSmtp || /^[\x21-\x7e]+$/.test(given.password);
  const isMissing = isSmtp && given.smtp_host == null;
  return [
    ...mistakes,
    ...(isToken ? [] : [{ field: "password", message: "Must be a token, in ASCII." }]),
    ...(isMissing ? [{ field: "smtp_host", message: "Is required for smtp." }] : []),
    ...(given.imap_port != null && given.imap_host == null && isSmtp
      ? [{ field: "imap_host", message: "Is required with imap_port." }]
      : []),
  ];
}

/** The settings of an account with a server. */
export function smtpSettings(given: GivenAccount): SmtpSettings {
  const smtp_port = given.smtp_port ?? SMTPS;
  return {
    smtp_host: given.smtp_host ?? "",
    smtp_port,
    smtp_user: given.smtp_user ?? given.from_address,
    smtp_security: SECURITIES.find((one) => one === given.smtp_security) ??
      (smtp_port === SMTPS ? "tls" : "starttls"),
    imap_host: given.imap_host ?? null,
    imap_port: given.imap_port ?? IMAPS,
  };
}
