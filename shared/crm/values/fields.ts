import { iso31661Alpha2ToAlpha3 } from "iso-3166";
import * as z from "zod";
import { isCurrency } from "./currencies.ts";
import { lazy } from "../../memory/lazy.ts";
import { isFreeMail } from "./free-mail.ts";
import { hostOf, isDomain } from "./host.ts";
import { mailbox } from "./mailbox.ts";
import { phoneNumber } from "./phone-number.ts";

/** The longest text that is a name or a word rather than prose. */
const LONGEST_LINE = 500;

/** Free text: up to 500 characters without the space around it, longer text exactly as given. */
export function text(maximum: number) {
  const given = maximum > LONGEST_LINE ? z.string() : z.string().trim();
  return given.max(maximum, `Must have at most ${maximum} characters`);
}

/** Text on one line that must say something; space around it is cut off. */
export function label(maximum: number) {
  return text(maximum).min(1, "Must not be empty").meta({ pattern: "\\S" });
}

/** A text to filter by. */
export const filterText = lazy(() =>
  z.string().min(1, "Must not be empty; leave the parameter out")
);

/** A field that may be absent, or null to clear it. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullable().optional();
}

/** A record's id. */
export const uuid = lazy(() =>
  z.guid("Must be a UUID, such as 01890a5d-ac96-774b-bcce-b302099a8057")
    .transform((id) => id.toLowerCase())
    .meta({ id: "RecordId", description: "The id of a record.", format: "uuid" })
);

const LONGEST_EMAIL = 320;

/**
 * An email address of up to 320 characters, in any script (RFC 6531). Stored in one form for each
 * mailbox: lower case, composed (NFC), its domain in its own script.
 */
export const email = lazy(() =>
  z.string().trim()
    .max(LONGEST_EMAIL, `Must have at most ${LONGEST_EMAIL} characters`)
    .transform((given, issues) => {
      const stored = mailbox(given);
      if (stored !== null && stored.length <= LONGEST_EMAIL) return stored;
      issues.addIssue("Must be an email address, such as jane@example.com");
      return z.NEVER;
    }).meta({
      id: "EmailAddress",
      description: "An email address in any script (RFC 6531), stored in lower case. Of " +
        "`mailto:jane@example.com` and `Jane <jane@example.com>` it is the address.",
      format: "idn-email",
      examples: ["john.doe@example.com", "jane.roe@example.com"],
    })
);

/**
 * A phone number. One with a country code is stored as E.164 (`+15551234567`, an extension as
 * `;ext=12`, RFC 3966); one without is kept as given, as its country is not known.
 */
export const phone = lazy(() =>
  z.string().trim().max(64, "Must have at most 64 characters")
    .transform((given, issues) => {
      const stored = phoneNumber(given);
      if (stored !== null) return stored;
      issues.addIssue("Must be a phone number, best with its country code, such as +15551234567");
      return z.NEVER;
    }).meta({
      id: "PhoneNumber",
      description: "A phone number. With its country code it is stored as E.164, an extension as " +
        "`;ext=12` (RFC 3966); without one it is kept as given.",
      examples: ["+1-555-123-4567", "+44 20 7946 0958 ext. 12", "030 901820"],
    })
);

/** A web domain, given as a host or an address, stored as bare lower-case host without `www.`. */
export const domain = lazy(() =>
  z.string().trim().max(2048, "Must have at most 2048 characters")
    .transform((given, issues) => {
      const host = hostOf(given)?.replace(/^www\./, "");
      if (isDomain(host)) return host;
      issues.addIssue("Must be a domain, such as acme.com");
      return z.NEVER;
    }).meta({
      id: "Domain",
      description: "A web domain, as a host or a web address; stored as the bare lower-case host " +
        "without `www.`.",
      examples: ["acme.com", "https://www.Example.org/about"],
    })
);

/**
 * The domain of somebody's company. One at which anybody can have an address, such as gmail.com, tells
 * no company and is passed over.
 */
export const companyDomain = lazy(() =>
  domain().transform((given) => isFreeMail(given) ? undefined : given)
);

/** A web address with http or https. */
export const website = lazy(() =>
  z.string().trim().max(2048, "Must have at most 2048 characters")
    .refine(
      (given) => /^https?:\/\/[^\s/]+/i.test(given) && URL.canParse(given),
      "Must be a web address, such as https://acme.com",
    ).meta({
      id: "WebAddress",
      description: "A web address with http or https, stored as given.",
      pattern: "^\\s*[Hh][Tt][Tt][Pp][Ss]?://",
      examples: ["https://acme.com", "http://example.org/about?us=1"],
    })
);

/** A country, ISO 3166-1 alpha-2. */
export const country = lazy(() =>
  z.string().trim().toUpperCase().refine(
    (given) => given in iso31661Alpha2ToAlpha3,
    "Must be a country code of ISO 3166-1 alpha-2, such as US",
  ).meta({
    id: "Country",
    description: "A country code of ISO 3166-1 alpha-2, stored in upper case.",
    pattern: "^\\s*[A-Za-z]{2}\\s*$",
    examples: ["US", "de"],
  })
);

/** A currency, ISO 4217. */
export const currency = lazy(() =>
  z.string().trim().toUpperCase().refine(
    isCurrency,
    "Must be a currency code of ISO 4217, such as USD",
  ).meta({
    id: "Currency",
    description: "A currency code of ISO 4217, stored in upper case.",
    pattern: "^\\s*[A-Za-z]{3}\\s*$",
    examples: ["USD", "eur"],
  })
);

/** A date that exists, from year 1 on. */
export const calendarDate = lazy(() =>
  z.iso.date("Must be a date that exists, such as 2026-04-15")
    .refine((given) => !given.startsWith("0000"), "Must be a date from year 0001 on")
    .meta({
      id: "Date",
      description: "A date that exists, from year 0001 on.",
      pattern: "^(?!0000)",
      examples: ["2026-04-15", "2028-02-29"],
    })
);
