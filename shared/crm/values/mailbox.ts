import { domainToUnicode } from "node:url";
import * as z from "zod";
import { hostOf, isDomain } from "./host.ts";

// Characters that RFC 5321 allows in a mailbox name only within quotes, that cannot be seen, and
// misplaced dots.
const UNQUOTABLE = /[(),:;<>[\]\\\p{Cc}\p{Cf}]|^\.|\.$|\.\./u;
const NO_HOST = /[/?#:\\%\p{Cc}\p{Cf}]|\.$/u;
// A host that has one form only, as nearly all have.
const PLAIN_HOST = /^(?=.{1,253}$)(?!.*--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
// What comes along when an address is copied and cannot be seen: zero-width, soft hyphen, byte order.
const UNSEEN = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** An address in the one form in which it is stored; null when it is none. */
export function mailbox(given: string): string | null {
  const address = bareAddress(given).normalize("NFC").toLowerCase();
  const [, name = "", host = ""] = /^([^@]+)@(.+)$/.exec(address) ?? [];
  if (!z.regexes.unicodeEmail.test(address) || UNQUOTABLE.test(name)) return null;
  if (PLAIN_HOST.test(host)) return isDomain(host) ? address : null;
  const ascii = NO_HOST.test(host) ? undefined : hostOf(host);
  if (!isDomain(ascii)) return null;
  const readable = domainToUnicode(ascii);
  return readable === "" || readable.includes("\ufffd") ? null : `${name}@${readable}`;
}

// What was typed in full width, as input methods of East Asia do.
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (typed) => typed.normalize("NFKC"));
}

/** The address of `mailto:jane@example.com` (RFC 6068) and of `Jane <jane@example.com>` (RFC 5322). */
function bareAddress(given: string): string {
  const text = halfWidth(given).replace(UNSEEN, "");
  const inner = /^[^<>]*<([^<>]+)>$/.exec(text)?.[1] ?? text;
  const address = inner.replace(UNSEEN, "").replace(/^mailto:/i, "");
  return address === inner ? inner.replace(UNSEEN, "") : address.replace(/\?.*$/s, "");
}
