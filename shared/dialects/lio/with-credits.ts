import * as z from "zod";
import { CREDIT_FEATURES, type CreditFeature } from "../../crm/credit-features.ts";
import { chargeHold, holdFunds, ledgerError, releaseHold } from "../../crm/ledgers.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { type AiService, aiService } from "../../providers/ai/chat.ts";
import type { LioCaller } from "./caller.ts";
import { answer } from "./envelope.ts";
import { notConfigured } from "./errors.ts";

/** More than a write may take that asks a model twice. */
const HOLD_SECONDS = 180;

/** What is done by a model for credits. */
export interface AiWork<R extends object> {
  feature: CreditFeature;
  message: string;
  /** Looks at what it is done with, before credits are set aside. Throws Refusal. */
  check?(transaction: Transaction): Promise<void>;
  /** Throws Refusal. */
  ask(ai: AiService): Promise<R>;
  /** Keeps what a model answered, in the transaction that charges for it. Throws Refusal. */
  keep?(transaction: Transaction, result: R): Promise<void>;
}

/** What tells of credits in an answer. */
export const creditsUsed = {
  credits_used: z.int(),
  credits_balance: z.int(),
};

/** What may become of such work besides. */
export const AI_REFUSALS = ["payment_required", "provider_failed"] as const;

/**
 * Has a model do something for credits, which are set aside before and charged with success alone, once under
 * an idempotency key. Throws Refusal.
 */
export async function withCredits<R extends object>(
  call: Call<LioCaller>,
  { feature, message, check, ask, keep }: AiWork<R>,
): Promise<Outcome> {
  const { credits } = CREDIT_FEATURES[feature];
  try {
    return await writeOutside<R>(call, {
      async prepare(transaction) {
        requireAi(call);
        await check?.(transaction);
        const [rows] = await transaction.run([
          holdFunds("credits", credits, feature, HOLD_SECONDS),
        ]);
        return rowOf<{ id: string }>(rows).id;
      },
      act: () => ask(requireAi(call)),
      async settle(transaction, hold, result) {
        await keep?.(transaction, result);
        const [rows] = await transaction.run([chargeHold(hold, credits, feature)]);
        const credits_balance = Number(rowOf<{ balance: string }>(rows).balance);
        return answer(200, { ...result, credits_used: credits, credits_balance }, message);
      },
      async release(transaction, hold) {
        await transaction.run([releaseHold(hold)]);
      },
    });
  } catch (error) {
    throw ledgerError(error);
  }
}

/** The AI service. Throws Refusal when none is configured. */
function requireAi({ services: { env } }: Call): AiService {
  const ai = aiService(env);
  if (ai !== null) return ai;
  throw notConfigured("ai", "No AI service is configured: AI_BASE_URL, AI_API_KEY and AI_MODEL.");
}
