import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { asked, pathWith, type Twilio } from "./twilio.ts";

/** The kinds of numbers there are to buy, as Twilio's paths name them. */
export type NumberKind = "Local" | "TollFree" | "Mobile";

/** What numbers are looked for. */
export interface Wanted {
  country: string;
  kind: NumberKind;
  areaCode: string | undefined;
  contains: string | undefined;
  limit: number;
}

/** What a number can do. */
export interface Capabilities {
  voice: boolean;
  sms: boolean;
  mms: boolean;
}

// Twilio names them in capitals in the one list, and in small letters in the other.
const capabilities = lazy(() =>
  z.record(z.string(), z.unknown()).transform((given): Capabilities => {
    const has = (name: string) => given[name] === true || given[name.toUpperCase()] === true;
    return { voice: has("voice"), sms: has("sms"), mms: has("mms") };
  })
);

const offer = lazy(() =>
  z.looseObject({
    phone_number: z.string(),
    friendly_name: z.string(),
    locality: z.string().nullish(),
    region: z.string().nullish(),
    iso_country: z.string(),
    capabilities: capabilities(),
  })
);

const offers = lazy(() => z.looseObject({ available_phone_numbers: z.array(offer()) }));

/** A number that is for sale. */
export type Offer = z.output<ReturnType<typeof offer>>;

/** Numbers that are for sale. Throws ProviderFailed. */
export async function offeredNumbers(
  service: Twilio,
  { country, kind, areaCode, contains, limit }: Wanted,
): Promise<Offer[]> {
  const path = pathWith(`/AvailablePhoneNumbers/${encodeURIComponent(country)}/${kind}.json`, {
    AreaCode: areaCode,
    Contains: contains,
    PageSize: String(limit),
    VoiceEnabled: "true",
  });
  const found = await asked(service, { method: "GET", path }, offers());
  return found.available_phone_numbers.slice(0, limit);
}

/** A number that is to be bought, and what Twilio calls when it rings and when a call has ended. */
export interface Purchase {
  phoneNumber: string;
  friendlyName: string;
  voiceUrl: string;
  statusUrl: string;
}

const owned = lazy(() =>
  z.looseObject({
    sid: z.string(),
    voice_url: z.string().nullish(),
    capabilities: capabilities(),
  })
);

const ownedList = lazy(() => z.looseObject({ incoming_phone_numbers: z.array(owned()) }));

/** A number of the account. */
export type Owned = z.output<ReturnType<typeof owned>>;

/** Buys a number. Throws ProviderFailed. */
export function buyNumber(
  service: Twilio,
  { phoneNumber, friendlyName, voiceUrl, statusUrl }: Purchase,
): Promise<Owned> {
  const form = new URLSearchParams({
    PhoneNumber: phoneNumber,
    FriendlyName: friendlyName,
    VoiceUrl: voiceUrl,
    VoiceMethod: "POST",
    StatusCallback: statusUrl,
    StatusCallbackMethod: "POST",
  });
  return asked(service, { method: "POST", path: "/IncomingPhoneNumbers.json", form }, owned());
}

/** The number of the account, if a purchase made it that: its address is the purchase's own. Throws ProviderFailed. */
export async function boughtNumber(
  service: Twilio,
  { phoneNumber, voiceUrl }: Pick<Purchase, "phoneNumber" | "voiceUrl">,
): Promise<Owned | null> {
  const path = pathWith("/IncomingPhoneNumbers.json", { PhoneNumber: phoneNumber });
  const found = await asked(service, { method: "GET", path }, ownedList());
  return found.incoming_phone_numbers.find(({ voice_url }) => voice_url === voiceUrl) ?? null;
}
