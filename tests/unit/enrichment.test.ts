import { getCountries, getExampleNumber } from "libphonenumber-js";
import examples from "libphonenumber-js/mobile/examples";
import { beforeAll, describe, expect, test } from "vitest";
import { freeMailDomains } from "../../shared/crm/values/free-mail.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { derivedOfCompany } from "../../shared/enrichment/company.ts";
import { domainOf, domainOfAddress, isFreeDomain } from "../../shared/enrichment/domains.ts";
import { COMPANY, PERSON, storedFields } from "../../shared/enrichment/fields.ts";
import { namesOf, namesOfAddress } from "../../shared/enrichment/names.ts";
import { derivedOfPerson, domainsOf } from "../../shared/enrichment/person.ts";
import { countryOfPhone } from "../../shared/enrichment/phone-country.ts";
import { properCase } from "../../shared/enrichment/proper-case.ts";
import { seeded } from "../support/contract-values.ts";

beforeAll(loadRegistries);

const upper = (text: string) => text.normalize("NFC").toUpperCase().normalize("NFC");

const NOBODY = {
  email: null,
  linkedin_url: null,
  name: null,
  company: null,
  domain: null,
  phone: null,
  website: null,
};

describe("proper case", () => {
  test.each([
    ["jane", "Jane"],
    ["O'BRIEN", "O'Brien"],
    ["jean-luc", "Jean-Luc"],
    ["McDonald", "McDonald"],
    ["van der Berg", "van der Berg"],
    ["ŁUKASZ", "Łukasz"],
    ["ΟΔΥΣΣΕΥΣ", "Οδυσσευς"],
    ["иван", "Иван"],
    ["նարե", "Նարե"],
    ["ﬁona", "Fiona"],
    ["გიორგი", "გიორგი"],
    ["山田", "山田"],
    ["محمد", "محمد"],
    ["अनिता", "अनिता"],
    ["e\u0301mile", "Émile"],
    ["", ""],
  ])("of %j is %j", (given, expected) => {
    expect(properCase(given)).toBe(expected);
    expect(properCase(expected)).toBe(expected);
  });

  test("keeps the letters of a name in any script, but for their case", () => {
    const random = seeded("proper case");
    const letters = [..."aßéøłžığćñýþœſΩдєїжՓევ山あ한אבجदा\u0301'’- "];
    for (let n = 0; n < 2_000; n++) {
      const size = 1 + Math.floor(random() * 8);
      const name = Array.from(
        { length: size },
        () => letters[Math.floor(random() * letters.length)] ?? "",
      ).join("");
      const once = properCase(name);
      expect(properCase(once), name).toBe(once);
      expect(upper(once), name).toBe(upper(name));
      expect(once.isWellFormed()).toBe(true);
    }
  });
});

test.each([
  ["jane.doe@acme.com", { first_name: "Jane", last_name: "Doe" }],
  ["JANE_DOE@acme.com", { first_name: "Jane", last_name: "Doe" }],
  ["jane-McDonald@acme.com", { first_name: "Jane", last_name: "McDonald" }],
  ["j.doe@acme.com", { first_name: "J", last_name: "Doe" }],
  ["steve.jobs@acme.com", { first_name: "Steve", last_name: "Jobs" }],
  ["жанна.иванова@почта.рф", { first_name: "Жанна", last_name: "Иванова" }],
  ["अनिता.शर्मा@acme.com", { first_name: "अनिता", last_name: "शर्मा" }],
  ["jane@acme.com", {}],
  ["jane.m.doe@acme.com", {}],
  ["jane.doe2@acme.com", {}],
  ["jane.doe+shop@acme.com", {}],
  ["jane..doe@acme.com", {}],
  ["jane.@acme.com", {}],
  ["no-reply@acme.com", {}],
  ["customer.service@acme.com", {}],
])("the address %s tells the names %j", (email, names) => {
  expect(namesOfAddress(email)).toEqual(names);
});

test.each([
  ["jane doe", { first_name: "Jane", last_name: "Doe" }],
  ["DOE, JANE", { first_name: "Jane", last_name: "Doe" }],
  ["Dr. Jane van der Berg", { first_name: "Jane", last_name: "van der Berg" }],
  ["山田 太郎", { first_name: "山田", last_name: "太郎" }],
  ["Jane", { first_name: "Jane" }],
])("the name %s is %j", (name, names) => {
  expect(namesOf(name)).toEqual(names);
});

test.each([
  ["jane@Acme.com", "acme.com", false],
  ["jane@mail.acme.co.uk", "mail.acme.co.uk", false],
  ["jane@gmail.com", "gmail.com", true],
  ["jane@yahoo.com.bo", "yahoo.com.bo", true],
  ["jane@gmx.net", "gmx.net", true],
  ["jane@gmxplus.de", "gmxplus.de", false],
  ["info@bücher.de", "xn--bcher-kva.de", false],
  ["info@почта.рф", "xn--80a1acny.xn--p1ai", false],
  ["info@例え.テスト.jp", "xn--r8jz45g.xn--zckzah.jp", false],
])("the address %s is at %s", (email, expected, isFree) => {
  expect(domainOfAddress(email)).toBe(expected);
  expect(isFreeDomain(expected)).toBe(isFree);
});

test("every domain of free mail that is kept is one, and tells no company", () => {
  for (const one of freeMailDomains) {
    const { isFreeEmail, ofCompany } = domainsOf({ ...NOBODY, email: `jane@${one}` });
    expect([isFreeEmail, ofCompany], one).toEqual([true, null]);
  }
});

test("a domain is that which is given, else of the address, else of the website", () => {
  const website = "https://www.acme.com/about";
  const email = "jane@gmail.com";
  expect(domainsOf({ ...NOBODY, website, email }))
    .toEqual({ domain: "gmail.com", isFreeEmail: true, ofCompany: "acme.com" });
  expect(domainsOf({ ...NOBODY, website, email, domain: "initech.com" }))
    .toEqual({ domain: "initech.com", isFreeEmail: true, ofCompany: "initech.com" });
  expect(domainsOf(NOBODY)).toEqual({ domain: null, isFreeEmail: null, ofCompany: null });
  expect(domainOf("http://127.0.0.1")).toBeNull();
});

/** Territories whose numbers nothing tells from those of the country. */
const SHARED: Readonly<Record<string, string>> = {
  AX: "FI",
  BL: "GP",
  CC: "AU",
  CX: "AU",
  EH: "MA",
  IM: "GB",
  MF: "GP",
  SJ: "NO",
  VA: "IT",
};

test("the country of a phone number is that of each that has one, and none of others", () => {
  const found = getCountries().map((country) => [
    country,
    countryOfPhone(getExampleNumber(country, examples)?.number ?? ""),
  ]);
  expect(found).toEqual(getCountries().map((country) => [country, SHARED[country] ?? country]));
  expect(["030 901820", "+15551234567", "+80012345678", "+999"].map(countryOfPhone))
    .toEqual([null, null, null, null]);
});

test("what is derived of a person and of a company", () => {
  const person = { email: "jane.doe@acme.com", name: "Janet", phone: "+33123456789" };
  expect(derivedOfPerson(person, "Acme"))
    .toEqual({ first_name: "Janet", last_name: "Doe", company: "Acme", country: "FR" });
  expect(derivedOfCompany({ website: "https://www.acme.com", email: null, phone: "+4930901820" }))
    .toEqual({ domain: "acme.com", country: "DE" });
  expect(derivedOfCompany({ website: null, email: "acme@gmail.com", phone: null })).toEqual({});
});

test("only fields that can be stored are taken of what is found", () => {
  const found = {
    first_name: "李",
    city: "\0",
    state: "\ud800",
    country: 7,
    website: "acme",
    id: 1,
  };
  expect(storedFields(PERSON, found)).toEqual({ first_name: "李", country: "7" });
  expect(storedFields(COMPANY, { country: "Narnia", employee_size: 12, city: null, summary: {} }))
    .toEqual({ employee_size: "12" });
});
