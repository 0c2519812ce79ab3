import * as z from "zod";
import { ledgerError } from "../../crm/ledgers.ts";
import {
  NUMBER_TYPES,
  phoneNumbers,
  purchaseBeginning,
  purchaseCancelling,
  purchaseDoubting,
  purchaseEnding,
  type StoredPurchase,
  storedPurchase,
  type WantedNumber,
} from "../../crm/phone-numbers.ts";
import { domainError } from "../../crm/records.ts";
import { label, optional } from "../../crm/values/fields.ts";
import { selectById, shownRecord } from "../../crm/views/statements.ts";
import { statement } from "../../db/sql.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { type OutgoingWrite, writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { ProviderFailed, stillInDoubt } from "../../providers/outgoing/provider-failed.ts";
import {
  boughtNumber,
  buyNumber,
  type Owned,
  type Purchase,
} from "../../providers/voice/numbers.ts";
import type { Twilio } from "../../providers/voice/twilio.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { numberAddresses } from "../../voice/addresses.ts";
import { numberTypes } from "../../voice/number-types.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { phoneNumber as shown } from "./voice-number-view.ts";
import { voiceService } from "./voice-service.ts";

const MOST_NAME = 64;

const body = lazy(() =>
  z.strictObject({
    phoneNumber: z.string().regex(
      /^\+[1-9]\d{6,14}$/,
      "Must be a phone number in E.164, such as +15551234567",
    ).meta({ examples: ["+18089250002", "+442079460958"] }),
    friendlyName: optional(label(MOST_NAME)),
    type: optional(z.enum(NUMBER_TYPES, `Must be one of ${NUMBER_TYPES.join(", ")}`)),
  })
);

/** POST: buys a phone number, with money of the wallet (decisions: 23). */
export const purchaseNumber: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "purchaseNumber",
      summary: "Buy a phone number",
      body: body(),
      answers: { 201: oneRecord(shown.schema) },
      refusals: ["conflict", "payment_required", "provider_failed", "unavailable"] as const,
    };
  },
  async run(call) {
    const typesOf = await numberTypes();
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => wantedOf(validated(body(), objectOf(call)), typesOf),
    );
    try {
      return await writeOutside(call, purchase(call, given));
    } catch (error) {
      throw refused(error);
    }
  },
};

function refused(error: unknown): unknown {
  if (!(error instanceof ProviderFailed) || error.status !== 400) {
    return ledgerError(domainError(phoneNumbers, error));
  }
  const message = `Cannot be bought (${error.code ?? error.status}).`;
  return new InvalidInput([{ field: "phoneNumber", message }]);
}

function wantedOf(
  { phoneNumber: phone_number, friendlyName, type: given }: z.output<ReturnType<typeof body>>,
  typesOf: Awaited<ReturnType<typeof numberTypes>>,
): WantedNumber {
  const types = typesOf(phone_number);
  const type = given ?? types[0];
  if (!types.includes(type)) {
    const message = `Must be ${types.join(" or ")} for this number.`;
    throw new InvalidInput([{ field: "type", message }]);
  }
  return { phone_number, friendly_name: friendlyName ?? phone_number, type };
}

/** A number of the account; null for one that is the workspace's already. */
type Bought = Owned | null;

function purchase(call: Call<LioCaller>, wanted: WantedNumber): OutgoingWrite<Bought> {
  const service = voiceService(call);
  const { caller: { workspaceId }, services: { publicUrl } } = call;
  // Of a process that went away nobody knows how far it came.
  let isNew = false;
  return {
    async prepare(transaction) {
      const [rows] = await transaction.run([statement(purchaseBeginning(wanted))]);
      const { id, is_known } = rowOf<{ id: string; is_known: boolean }>(rows);
      isNew = !is_known;
      return id;
    },
    async act(id) {
      const { ring: voiceUrl, status: statusUrl } = numberAddresses(publicUrl, { workspaceId, id });
      const { phone_number: phoneNumber, friendly_name: friendlyName } = wanted;
      const asked = { phoneNumber, friendlyName, voiceUrl, statusUrl };
      if (isNew) return await bought(service, asked);
      if (await isOwned(call, id)) return null;
      const former = await boughtNumber(service, asked).catch(stillInDoubt);
      return former ?? await bought(service, asked);
    },
    async settle(transaction, id, number) {
      const ending = number === null ? [] : [
        statement(purchaseEnding(id, number.sid, number.capabilities)),
      ];
      const rows = await transaction.run([...ending, selectById(shown, id)]);
      return answer(201, shownRecord(shown, "", rows.at(-1)), "Phone number bought");
    },
    async release(transaction, id, error) {
      const isRefused = error instanceof ProviderFailed && !error.mayHaveHappened;
      await transaction.run([statement(isRefused ? purchaseCancelling(id) : purchaseDoubting(id))]);
    },
  };
}

/** Buys a number; whether that happened although it failed is looked up. Throws ProviderFailed. */
async function bought(service: Twilio, asked: Purchase): Promise<Owned> {
  try {
    return await buyNumber(service, asked);
  } catch (error) {
    const isInDoubt = error instanceof ProviderFailed && error.mayHaveHappened;
    const found = isInDoubt ? await boughtNumber(service, asked).catch(() => null) : null;
    if (found !== null) return found;
    throw error;
  }
}

async function isOwned({ workspace }: Call<LioCaller>, id: string): Promise<boolean> {
  const [rows] = await workspace.read([statement(storedPurchase(id))]);
  const [stored] = rowsOf<StoredPurchase>(rows);
  if (stored !== undefined) return stored.is_owned;
  const message = "The first try came to nothing; send it again.";
  throw new Refusal("unavailable", message, { retry_after: 1 });
}
