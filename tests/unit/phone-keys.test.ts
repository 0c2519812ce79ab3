import { getCountries, getExampleNumber } from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples" with { type: "json" };
import { expect, test } from "vitest";
import { phoneKeys, phoneNumber } from "../../shared/crm/values/phone-number.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";

await loadRegistries();

test("however a number is stored, it is found by however else it is written in its country", () => {
  const countries = getCountries();
  expect(countries.length).toBeGreaterThan(240);
  for (const country of countries) {
    const number = getExampleNumber(country, examples)!;
    const [national, dialled] = [
      number.formatNational(),
      number.formatNational().replace(/\D/g, ""),
    ];
    const spelled = [number.number, number.formatInternational(), national, dialled];
    const stored = spelled.map((text) => phoneNumber(text)!);
    const keys = stored.map((text) => phoneKeys(text, country));
    expect(new Set(keys.map(([own]) => own)), country).toEqual(new Set([number.number]));
    for (const text of stored) {
      const key = text.replace(/[^+\d]/g, "");
      for (const found of keys) expect(found, `${country} ${text}`).toContain(key);
    }
  }
});

test.each([
  ["+4930901820", "DE", ["+4930901820", "004930901820", "4930901820", "030901820", "30901820"]],
  ["030 901820 Ext. 2", "DE", expect.arrayContaining(["+4930901820x2", "030901820x2"])],
  ["+4930901820", "US", ["+4930901820", "004930901820", "0114930901820"]],
  ["+4930901820", null, ["+4930901820", "004930901820"]],
  ["004930901820", null, ["+4930901820", "004930901820"]],
  ["(030) 90-18 20", null, ["030901820"]],
  // Antarctica has no numbers of its own.
  ["030 901820", "AQ", ["030901820"]],
])("%s in %s may be stored as %j", (stored, country, keys) => {
  expect(phoneKeys(stored, country)).toEqual(keys);
});
