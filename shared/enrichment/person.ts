import { domainOf, domainOfAddress, isFreeDomain } from "./domains.ts";
import { namesOf, namesOfAddress } from "./names.ts";
import { countryOfPhone } from "./phone-country.ts";

/** What is known of a person beforehand. */
export interface Person {
  email: string | null;
  linkedin_url: string | null;
  name: string | null;
  company: string | null;
  domain: string | null;
  phone: string | null;
  website: string | null;
}

/** What the domains of a person tell. */
export interface PersonDomains {
  /** That which is given, else of the address, else of the website. */
  domain: string | null;
  /** Whether anybody can have such an address; null without one. */
  isFreeEmail: boolean | null;
  /** The one that tells the company. */
  ofCompany: string | null;
}

/** The domains of a person. */
export function domainsOf({ domain, email, website }: Person): PersonDomains {
  const ofAddress = domainOfAddress(email);
  const all = [domainOf(domain), ofAddress, domainOf(website)].filter((one) => one !== null);
  return {
    domain: all[0] ?? null,
    isFreeEmail: ofAddress === null ? null : isFreeDomain(ofAddress),
    ofCompany: all.find((one) => !isFreeDomain(one)) ?? null,
  };
}

/** The fields that follow from what is known, and from the company that has the person's domain. */
export function derivedOfPerson(
  { email, name, phone }: Pick<Person, "email" | "name" | "phone">,
  companyOfDomain: string | null,
): Record<string, string> {
  const country = phone === null ? null : countryOfPhone(phone);
  return {
    ...email === null ? {} : namesOfAddress(email),
    ...name === null ? {} : namesOf(name),
    ...companyOfDomain === null ? {} : { company: companyOfDomain },
    ...country === null ? {} : { country },
  };
}
