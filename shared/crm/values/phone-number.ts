import { registries } from "./registries.ts";

const NATIONAL_NUMBER = /^(?=(?:\D*\d){3,20}\D*$)[\d\s()./-]+(?:(?:x|ext\.?)\s*\d+)?$/i;
/** The call abroad of most countries (ITU-T E.164), in place of the plus. */
const CALL_ABROAD = /^\(?00(?=[\s()./-]*[1-9])/;
/** The zeros of other scripts' digits: Arabic, Persian, Devanagari, full-width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0xff10];

type Parsed = NonNullable<ReturnType<ReturnType<typeof registries>["parsePhoneNumberFromString"]>>;
type Country = NonNullable<Parsed["country"]>;

/**
 * A phone number in the form in which it is stored: E.164 when its country code is there, an extension
 * as `;ext=12`, else as it was given. Null when it is none.
 */
export function phoneNumber(given: string): string | null {
  const text = withAsciiDigits(plain(given)).replace(/^tel:/i, "");
  const number = numberIn(text);
  if (number !== null) return number.number + (number.ext ? `;ext=${number.ext}` : "");
  return !text.startsWith("+") && NATIONAL_NUMBER.test(text) ? text : null;
}

/**
 * The ways in which a phone number may be stored, as app.phone_key has them: first the number's own,
 * E.164 if its country is known, then those that are read as the same one in a country (ISO 3166-1
 * alpha-2; null: in none).
 */
export function phoneKeys(stored: string, country: string | null): string[] {
  const { isSupportedCountry, getCountryCallingCode } = registries();
  const home = country !== null && isSupportedCountry(country) ? country : undefined;
  const number = numberIn(stored, home);
  if (number === null) return [keyOf(stored)];
  const { nationalNumber, countryCallingCode, ext } = number;
  const full = `${countryCallingCode}${nationalNumber}`;
  const isAtHome = home !== undefined && getCountryCallingCode(home) === countryCallingCode;
  const spelled = [`+${full}`, `00${full}`, full, stored]
    .concat(home === undefined ? [] : number.format("IDD", { fromCountry: home }) ?? [])
    .concat(isAtHome ? [number.formatNational(), nationalNumber, `0${nationalNumber}`] : []);
  const same = spelled.map(keyOf).map((key) => key.replace(/x.*/, ""))
    .filter((key) => numberIn(key, home)?.number === number.number);
  return [...new Set(same)].map((key) => key + (ext ? `x${ext}` : ""));
}

// What app.phone_key keeps of a number.
function keyOf(text: string): string {
  return text.toLowerCase().replace(/[^+\dx]/g, "");
}

// The number that a text gives with its country code, or as it is dialled in the country.
function numberIn(text: string, defaultCountry?: Country): Parsed | null {
  const { parsePhoneNumberFromString } = registries();
  const options = { extract: false, ...(defaultCountry === undefined ? {} : { defaultCountry }) };
  const number = parsePhoneNumberFromString(text, options);
  if (number?.isPossible()) return number;
  if (!CALL_ABROAD.test(text)) return null;
  const abroad = parsePhoneNumberFromString(text.replace(CALL_ABROAD, "+"), { extract: false });
  return abroad?.isValid() ? abroad : null;
}

// Typed in full width, with dashes for hyphens, or copied with marks of direction that cannot be seen.
function plain(text: string): string {
  return text.normalize("NFKC").replace(/\p{Cf}/gu, "").replace(/[\u2010-\u2015\u2212\u30fc]/g, "-")
    .trim();
}

function withAsciiDigits(text: string): string {
  return text.replace(/[^\d\P{Nd}]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
