import * as z from "zod";
import { DRAFT_PRICE, draftContext, draftCreation } from "../../crm/email-drafts.ts";
import { leads } from "../../crm/leads.ts";
import { holdFunds, ledgerError, releaseHold } from "../../crm/ledgers.ts";
import { label, optional } from "../../crm/values/fields.ts";
import { selectPresence, shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import { writeDraft } from "../../drafting/write-draft.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { type AiService, aiService } from "../../providers/ai/chat.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { draft } from "./draft-view.ts";
import { answer } from "./envelope.ts";
import { notConfigured } from "./errors.ts";
import { objectOf, OPTIONAL_BODY, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

/** Longer than a draft is waited for. */
const HOLD_SECONDS = 600;
const USUAL_PERSONA = "professional";

/** The manner in which a draft is written. */
export const persona = lazy(() =>
  optional(label(200)).meta({ default: USUAL_PERSONA, examples: [USUAL_PERSONA] })
    .transform((given) => given ?? USUAL_PERSONA)
);

const body = lazy(() => z.strictObject({ persona: persona() }));

/** The AI service. Throws Refusal when none is configured. */
export function aiOf({ services: { env } }: Pick<Call, "services">): AiService {
  const ai = aiService(env);
  if (ai !== null) return ai;
  throw notConfigured("ai", "No AI service is configured.");
}

/** POST: has AI draft an email to a lead, for credits. */
export const generateDraft: LioOperation = {
  kind: "write",
  body: OPTIONAL_BODY,
  get contract() {
    return {
      id: "generateDraft",
      summary: "Draft an email to a lead",
      body: body(),
      answers: { 201: oneRecord(draft.schema) },
      refusals: ["not_found" as const, "payment_required" as const, "provider_failed" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "lead_id");
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), call.text === "" ? {} : objectOf(call)),
    );
    return await generated(call, number, given.persona);
  },
};

async function generated(call: Call<LioCaller>, number: number, manner: string): Promise<Outcome> {
  const id = sql`(select id from crm.leads where number = ${number})`;
  try {
    return await writeOutside(call, {
      async prepare(transaction) {
        aiOf(call);
        const [found = []] = await transaction.run([selectPresence(leads, number)]);
        if (found.length === 0) throw new RecordNotFound("lead", String(number));
        const [rows] = await transaction.run([
          holdFunds("credits", DRAFT_PRICE, "ai_email", HOLD_SECONDS),
        ]);
        return rowOf<{ id: string }>(rows).id;
      },
      async act() {
        const [rows] = await call.workspace.read([statement(draftContext(id))]);
        const [known] = rowsOf<{ context: string }>(rows);
        if (known === undefined) throw new RecordNotFound("lead", String(number));
        const lead: unknown = JSON.parse(known.context);
        return await writeDraft(aiOf(call), { persona: manner, lead });
      },
      async settle(transaction, hold, written) {
        const creation = draftCreation({ lead: id, persona: manner, hold }, written);
        const rows = await transaction.run(writeThenSelect(draft, creation));
        if (rows.at(-1)?.length !== 1) throw new RecordNotFound("lead", String(number));
        return answer(201, shownRecord(draft, "", rows.at(-1)), "Draft generated");
      },
      async release(transaction, hold) {
        await transaction.run([releaseHold(hold)]);
      },
    });
  } catch (error) {
    throw ledgerError(error);
  }
}
