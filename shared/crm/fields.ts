import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { getDomain } from "tldts";
import { z } from "zod";

/** Free text, kept exactly as given. */
export function text(maximum: number) {
  return z.string().max(maximum, `Must have at most ${maximum} characters`);
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
      !/[/?#:\\]/.test(host) && isDomain(hostOf(host));
  }, "Must be an email address, such as jane@example.com");

/**
 * A phone number. One with a country code is stored as E.164 (`+15551234567`, an extension as
 * `;ext=12`, RFC 3966); one without is kept as given, as its country is not known.
 */
export const phone = z.string().trim().max(64, "Must have at most 64 characters")
  .transform((given, issues) => {
    const number = parsePhoneNumberFromString(given);
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
