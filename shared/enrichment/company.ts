import { domainOf, domainOfAddress, isFreeDomain } from "./domains.ts";
import { countryOfPhone } from "./phone-country.ts";

/** What is known of a company beforehand. */
export interface Company {
  name: string;
  domain: string | null;
  website: string | null;
  email: string | null;
  phone: string | null;
}

/** The fields that follow from what is known: a domain is that of the website, else of the address. */
export function derivedOfCompany(
  { website, email, phone }: Pick<Company, "website" | "email" | "phone">,
): Record<string, string> {
  const domain = domainOf(website) ?? domainOfAddress(email);
  const country = phone === null ? null : countryOfPhone(phone);
  return {
    ...domain === null || isFreeDomain(domain) ? {} : { domain },
    ...country === null ? {} : { country },
  };
}
