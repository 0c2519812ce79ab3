import { NUMBER_TYPES, type NumberType } from "../crm/phone-numbers.ts";

/** The types that a number can be of, the usual one first. */
type Types = readonly [NumberType, ...NumberType[]];

const TYPES: Readonly<Record<string, Types>> = {
  FIXED_LINE: ["local"],
  FIXED_LINE_OR_MOBILE: ["local", "mobile"],
  MOBILE: ["mobile"],
  TOLL_FREE: ["tollfree"],
};

/**
 * Loads the numbering plans of all countries, which are large. Answers which types a number in E.164 can be of: all,
 * where its plan does not tell.
 */
export async function numberTypes(): Promise<(phoneNumber: string) => Types> {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max");
  return (phoneNumber) =>
    TYPES[parsePhoneNumberFromString(phoneNumber)?.getType() ?? ""] ?? NUMBER_TYPES;
}
