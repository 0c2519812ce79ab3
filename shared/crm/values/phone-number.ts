import { registries } from "./registries.ts";

const NATIONAL_NUMBER = /^(?=(?:\D*\d){3,20}\D*$)[\d\s()./-]+(?:(?:x|ext\.?)\s*\d+)?$/i;
/** The call abroad of most countries (ITU-T E.164), in place of the plus. */
const CALL_ABROAD = /^\(?00(?=[\s()./-]*[1-9])/;
/** The zeros of other scripts' digits: Arabic, Persian, Devanagari, full-width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0xff10];

/**
 * A phone number in the form in which it is stored: E.164 when its country code is there, an extension
 * as `;ext=12`, else as it was given. Null when it is none.
 */
export function phoneNumber(given: string): string | null {
  const text = withAsciiDigits(plain(given)).replace(/^tel:/i, "");
  const { parsePhoneNumberFromString } = registries();
  const number = parsePhoneNumberFromString(text, { extract: false });
  if (number?.isPossible()) return number.number + (number.ext ? `;ext=${number.ext}` : "");
  if (CALL_ABROAD.test(text)) {
    const abroad = parsePhoneNumberFromString(text.replace(CALL_ABROAD, "+"), { extract: false });
    if (abroad?.isValid()) return abroad.number + (abroad.ext ? `;ext=${abroad.ext}` : "");
  }
  return !text.startsWith("+") && NATIONAL_NUMBER.test(text) ? text : null;
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
