import { stringify } from "lossless-json";
import * as z from "zod";
import {
  capabilities,
  MONTHLY_PRICES,
  NUMBER_TYPES,
  type NumberType,
} from "../../crm/phone-numbers.ts";
import { country } from "../../crm/values/fields.ts";
import { MAX_PAGE, wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { type NumberKind, offeredNumbers } from "../../providers/voice/numbers.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { LioOperation } from "./contract.ts";
import { answerPage, pageSchema } from "./page.ts";
import { readQuery } from "./reading.ts";
import { voiceService } from "./voice-service.ts";

const MOST = 50;

/** What types of numbers are called in the telephone service's paths. */
const KINDS: Readonly<Record<NumberType, NumberKind>> = {
  local: "Local",
  tollfree: "TollFree",
  mobile: "Mobile",
};

const parameters = lazy(() =>
  z.strictObject({
    areaCode: z.string().regex(/^\d{3}$/, "Must have three digits")
      .meta({ examples: ["808", "415"] }).optional(),
    contains: z.string()
      .regex(/^\+?[0-9A-Za-z*]{2,16}$/, "Must be 2 to 16 digits or letters, * for any of them")
      .meta({ examples: ["925", "BIKE", "5*5"] }).optional(),
    type: z.enum(NUMBER_TYPES, `Must be one of ${NUMBER_TYPES.join(", ")}`).default("local"),
    page: wholeNumber(MAX_PAGE).default(1).meta({ default: 1 }),
    limit: wholeNumber(MOST).default(10).meta({ default: 10 }),
    country: country().default("US"),
  })
);

const offered = lazy(() =>
  z.object({
    phone_number: z.string(),
    friendly_name: z.string(),
    locality: z.string().nullable(),
    region: z.string().nullable(),
    country: z.string(),
    capabilities: capabilities(),
    type: z.enum(NUMBER_TYPES),
    monthly_price: z.number(),
  }).meta({ id: "AvailableNumber" })
);

/** GET: phone numbers that can be bought (decisions: 23). */
export const listAvailableNumbers: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listAvailableNumbers",
      summary: "Search phone numbers that can be bought",
      query: parameters(),
      answers: { 200: pageSchema(offered()) },
      refusals: ["provider_failed" as const, "unavailable" as const],
    };
  },
  async run(call) {
    const query = readQuery(call, parameters());
    const { type, page, limit, country: where, areaCode, contains } = query;
    const wanted = { country: where, kind: KINDS[type], areaCode, contains, limit };
    const found = await offeredNumbers(voiceService(call), wanted).catch(refused);
    const items = found.map((one) =>
      stringify({
        phone_number: one.phone_number,
        friendly_name: one.friendly_name,
        locality: one.locality ?? null,
        region: one.region ?? null,
        country: one.iso_country,
        capabilities: one.capabilities,
        type,
        monthly_price: MONTHLY_PRICES[type],
      }) ?? "null"
    );
    // The telephone service finds so many at once, and no others after them.
    return answerPage("Available numbers fetched", query, {
      items: page === 1 ? items : [],
      total: items.length,
    });
  },
};

// There are none of this type in the country, or the country is not served; or it is no area code there.
function refused(error: unknown): never[] {
  if (!(error instanceof ProviderFailed)) throw error;
  if (error.status === 404) return [];
  if (error.status !== 400) throw error;
  const message = `Is not known to the telephone service (${error.code ?? "400"}).`;
  throw new InvalidInput([{ field: "areaCode", message, in: "query" }]);
}
