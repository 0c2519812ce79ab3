import type { Answered } from "./lasting-stand-in.ts";
import { type Asked, newSid, notFound, refusal, type TwilioAccount } from "./twilio-account.ts";

const CAPABILITIES = { voice: true, sms: true, mms: true, fax: false };
const E164 = /^\+[1-9]\d{6,14}$/;
/** The kinds of numbers that are for sale in each country. */
const FOR_SALE: Readonly<Record<string, readonly string[]>> = {
  US: ["Local", "TollFree"],
  GB: ["Local", "TollFree", "Mobile"],
};
const MOST_NAME = 64;

/** What is answered about numbers; null for other paths. */
export function numbersAnswered(account: TwilioAccount, asked: Asked): Answered | null {
  const { method, path } = asked;
  const [, country = "", kind = ""] = /^AvailablePhoneNumbers\/(\w+)\/(\w+)\.json$/.exec(path) ??
    [];
  if (country !== "" && method === "GET") return forSale(country, kind, asked);
  if (path !== "IncomingPhoneNumbers.json") return null;
  return method === "POST" ? bought(account, asked.form) : owned(account, asked);
}

function forSale(country: string, kind: string, { path, query }: Asked): Answered {
  if (!FOR_SALE[country]?.includes(kind)) return notFound(path);
  const area = query.get("AreaCode") ?? (kind === "TollFree" ? "833" : "808");
  if (!/^\d{3}$/.test(area)) return refusal(400, 21451, "Invalid area code");
  const size = Number(query.get("PageSize") ?? 50);
  const contains = (query.get("Contains") ?? "").replaceAll("*", ".").replace("+", "\\+");
  const all = Array.from({ length: 60 }, (_, i) => `+1${area}925${String(i).padStart(4, "0")}`)
    .filter((number) => new RegExp(contains).test(number)).slice(0, size);
  return {
    status: 200,
    body: {
      uri: `/2010-04-01/Accounts/${path}`,
      available_phone_numbers: all.map((number) => ({
        friendly_name: `(${area}) ${number.slice(5, 8)}-${number.slice(8)}`,
        phone_number: number,
        lata: "834",
        locality: kind === "Local" ? "Hilo" : null,
        rate_center: "HILO",
        latitude: "19.720000",
        longitude: "-155.090000",
        region: kind === "Local" ? "HI" : null,
        postal_code: "96720",
        iso_country: country,
        address_requirements: "none",
        beta: false,
        capabilities: { voice: true, SMS: true, MMS: false, fax: false },
      })),
    },
  };
}

function bought({ numbers, anyFrom }: TwilioAccount, form: URLSearchParams): Answered {
  const phone_number = form.get("PhoneNumber") ?? "";
  const friendly_name = form.get("FriendlyName") ?? phone_number;
  const voice_url = form.get("VoiceUrl") ?? "";
  if (!E164.test(phone_number)) return refusal(400, 21421, "PhoneNumber is invalid");
  // Those ending in 0000 are nobody's to buy.
  const isTaken = phone_number.endsWith("0000") ||
    numbers.some((one) => one.phone_number === phone_number);
  if (isTaken) return refusal(400, 21422, `${phone_number} is not available.`);
  if (friendly_name.length > MOST_NAME) return refusal(400, 21601, "FriendlyName is too long");
  if (!/^https?:\/\//.test(voice_url)) return refusal(400, 21502, "Voice URL is invalid");
  const number = {
    sid: newSid("PN"),
    phone_number,
    friendly_name,
    voice_url,
    status_callback: form.get("StatusCallback") ?? "",
  };
  // One that is at home for all workspaces sells to each what it wants.
  if (!anyFrom) numbers.push(number);
  return { status: 201, body: { ...number, capabilities: CAPABILITIES, status: "in-use" } };
}

function owned({ numbers }: TwilioAccount, { query }: Asked): Answered {
  const wanted = query.get("PhoneNumber");
  const found = numbers.filter((one) => wanted === null || one.phone_number === wanted);
  return {
    status: 200,
    body: {
      page: 0,
      page_size: 50,
      incoming_phone_numbers: found.map((one) =>
        Object.assign({ capabilities: CAPABILITIES }, one)
      ),
    },
  };
}
