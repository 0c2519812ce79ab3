import { splitName } from "../connectors/answers/names.ts";
import { properCase } from "./proper-case.ts";

/** A person's names. */
export interface Names {
  first_name?: string;
  last_name?: string;
}

const LETTERS = /^\p{L}[\p{L}\p{M}]*$/u;
/** Of what addresses of no person are made, such as no-reply@ and customer.service@. */
const NO_NAMES = new Set(
  ("no not do reply noreply donotreply mailer daemon support help desk helpdesk service services care " +
    "customer customers client office info information sales team admin administrator webmaster " +
    "postmaster hostmaster billing accounts accounting invoice invoices contact enquiries inquiries " +
    "marketing newsletter news orders order press media jobs careers human resources relations " +
    "department security abuse privacy notifications notification").split(" "),
);

/** The names that an address tells: `jane.doe@…` is Jane Doe, `jane@…` and `jane.doe2@…` tell none. */
export function namesOfAddress(email: string): Names {
  const parts = email.slice(0, email.lastIndexOf("@")).normalize("NFC").split(/[._-]/);
  const [first = "", last = "", ...more] = parts;
  if (more.length > 0 || !LETTERS.test(first) || !LETTERS.test(last)) return {};
  if (parts.every((part) => NO_NAMES.has(part.toLowerCase()))) return {};
  return { first_name: properCase(first), last_name: properCase(last) };
}

/** The names in a whole name, without the title before it; an only one is the first name. */
export function namesOf(name: string): Names {
  const { first, last } = splitName(name);
  return {
    ...first === "" ? {} : { first_name: properCase(first) },
    ...last === "" ? {} : { last_name: properCase(last) },
  };
}
