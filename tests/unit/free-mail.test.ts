import { expect, test } from "vitest";
import { freeMailDomains, isFreeMail } from "../../shared/crm/values/free-mail.ts";
import { isDomain } from "../../shared/crm/values/host.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";

test("every one is a domain, and there once", async () => {
  await loadRegistries();
  const domains = [...freeMailDomains];
  expect(domains.filter((domain) => !isDomain(domain))).toEqual([]);
  expect(domains.length).toBeGreaterThan(300);
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
