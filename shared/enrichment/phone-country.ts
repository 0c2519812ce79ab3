import { registries } from "../crm/values/registries.ts";

/** The country of a phone number in E.164 (ISO 3166-1 alpha-2); null where the number leaves it open. */
export function countryOfPhone(phone: string): string | null {
  if (!phone.startsWith("+")) return null;
  const number = registries().parsePhoneNumberFromString(phone, { extract: false });
  return number?.country ?? null;
}
