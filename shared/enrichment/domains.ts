import { domain } from "../crm/values/fields.ts";
import { isFreeMail } from "../crm/values/free-mail.ts";

/** Providers of free mail under the endings of whichever country. */
const FREE_ANYWHERE = /^(?:yahoo|hotmail|gmx|yandex)\./;

/** The domain of a host, a web address or what stands behind the @, as domains are stored; null for none. */
export function domainOf(text: string | null): string | null {
  return text === null ? null : domain().safeParse(text).data ?? null;
}

/** The domain of an address. */
export function domainOfAddress(email: string | null): string | null {
  return email === null ? null : domainOf(email.slice(email.lastIndexOf("@") + 1));
}

/** Whether anybody can have an address at a domain, so that it tells no company. */
export function isFreeDomain(given: string): boolean {
  return isFreeMail(given) || FREE_ANYWHERE.test(given);
}
