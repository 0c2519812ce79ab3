import { iso31661Alpha2ToAlpha3 } from "iso-3166";
import { isLosslessNumber, LosslessNumber } from "lossless-json";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { getDomain } from "tldts";
import { z } from "zod";

/** Free text, kept exactly as given. */
export function text(maximum: number) {
  return z.string().max(maximum, `Must have at most ${maximum} characters`);
}

/** A field that may be absent, or null to clear it. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullable().optional();
}

/** A record's id. */
export const uuid = z.guid("Must be a UUID, such as 01890a5d-ac96-774b-bcce-b302099a8057")
  .transform((id) => id.toLowerCase());

// Characters that RFC 5321 allows in a mailbox name only within quotes, and misplaced dots.
const UNQUOTABLE = /[(),:;<>[\]\\\p{Cc}]|^\.|\.$|\.\./u;

/** An email address of up to 320 characters, in any script (RFC 6531), stored in lower case. */
export const email = z.string().trim().toLowerCase().max(320, "Must have at most 320 characters")
  .refine((given) => {
    const [, name, host = ""] = /^([^@]+)@(.+)$/.exec(given) ?? [];
    return z.regexes.unicodeEmail.test(given) && name !== undefined && !UNQUOTABLE.test(name) &&
      !/[/?#:\\%。．｡\p{C}]|\.$/u.test(host) && host === host.normalize("NFKC") &&
      isDomain(hostOf(host));
  }, "Must be an email address, such as jane@example.com");

/**
 * A phone number. One with a country code is stored as E.164 (`+15551234567`, an extension as
 * `;ext=12`, RFC 3966); one without is kept as given, as its country is not known.
 */
export const phone = z.string().trim().max(64, "Must have at most 64 characters")
  .transform((given, issues) => {
    const number = parsePhoneNumberFromString(given.replace(/^tel:/i, ""), { extract: false });
    if (number?.isPossible()) return number.number + (number.ext ? `;ext=${number.ext}` : "");
    if (!given.startsWith("+") && NATIONAL_NUMBER.test(given)) return given;
    issues.addIssue("Must be a phone number, best with its country code, such as +15551234567");
    return z.NEVER;
  });

const NATIONAL_NUMBER = /^(?=(?:\D*\d){3,20}\D*$)[\d\s()./-]+(?:(?:x|ext\.?)\s*\d+)?$/i;

/** A web domain, given as a host or an address, stored as bare lower-case host without `www.`. */
export const domain = z.string().trim().max(2048, "Must have at most 2048 characters")
  .transform((given, issues) => {
    const host = hostOf(given)?.replace(/^www\./, "");
    if (isDomain(host)) return host;
    issues.addIssue("Must be a domain, such as acme.com");
    return z.NEVER;
  });

function isDomain(host: string | undefined): host is string {
  return host !== undefined && getDomain(host) !== null;
}

// The URL parser lower-cases the host and turns other scripts into their ASCII form.
function hostOf(given: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  if (!URL.canParse(address)) return undefined;
  return new URL(address).hostname.replace(/\.$/, "");
}

/** A web address with http or https. */
export const website = z.string().trim().max(2048, "Must have at most 2048 characters")
  .refine(
    (given) => /^https?:\/\/[^\s/]+/i.test(given) && URL.canParse(given),
    "Must be a web address, such as https://acme.com",
  );

/** A country, ISO 3166-1 alpha-2. */
export const country = z.string().trim().toUpperCase().refine(
  (given) => given in iso31661Alpha2ToAlpha3,
  "Must be a country code of ISO 3166-1 alpha-2, such as US",
);

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

/** A currency, ISO 4217. */
export const currency = z.string().trim().toUpperCase().refine(
  (given) => CURRENCIES.has(given),
  "Must be a currency code of ISO 4217, such as USD",
);

/** A date that exists, from year 1 on. */
export const calendarDate = z.iso.date("Must be a date that exists, such as 2026-04-15")
  .refine((given) => !given.startsWith("0000"), "Must be a date from year 0001 on");

/** A number from 0 to 100. */
export const percentage = z.number().min(0, "Must be from 0 to 100").max(
  100,
  "Must be from 0 to 100",
);

const DECIMAL = /^-?\d{1,20}(\.\d{1,10})?$/;

/** An amount of money, kept digit by digit: up to 20 digits before the point and 10 after it. */
export const money = z.union(
  [z.number(), z.custom<LosslessNumber>(isLosslessNumber)],
  "Must be a number",
)
  .transform((given, issues) => {
    const digits = String(given);
    if (DECIMAL.test(digits)) return digits;
    issues.addIssue("Must have at most 20 digits before the decimal point and 10 after it");
    return z.NEVER;
  });

/** A point in time, RFC 3339 with its offset from UTC. */
export const instant = z.iso.datetime({
  offset: true,
  error: "Must be a time with its offset, such as 2026-01-15T10:30:00Z",
}).refine((given) => !given.startsWith("0000"), "Must be a time from year 0001 on");
