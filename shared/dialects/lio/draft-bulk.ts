import * as z from "zod";
import { draftsBegun } from "../../crm/email-drafts.ts";
import { ledgerError } from "../../crm/ledgers.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { noParameters } from "../../http/query.ts";
import { transact } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { aiOf, persona } from "./draft-generate.ts";
import { answer } from "./envelope.ts";
import { id } from "./given.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const MOST = 500;

const body = lazy(() =>
  z.strictObject({
    lead_ids: z.array(id()).min(1, "Must have at least one id")
      .max(MOST, `Must have at most ${MOST} ids`),
    persona: persona(),
  })
);

const begun = lazy(() =>
  z.object({
    job_id: z.int(),
    total: z.int().min(0),
    queued: z.int().min(0),
    skipped: z.array(z.object({ lead_id: z.int(), reason: z.enum(["not_found"]) })),
  }).meta({ id: "DraftsBegun" })
);

const begunAnswer = lazy(() => oneRecord(begun()).meta({ id: "DraftsBegunAnswer" }));

/** POST: has a job draft an email to each of many leads, whose credits are set aside now. */
export const generateDrafts: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "generateDrafts",
      summary: "Draft emails to many leads",
      body: body(),
      answers: { 201: begunAnswer() },
      refusals: ["payment_required" as const],
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const asked = [...new Set(given.lead_ids)];
    try {
      return await transact(call, async (transaction) => {
        aiOf(call);
        const [rows] = await transaction.run([statement(draftsBegun(asked, given.persona))]);
        const { number, queued } = rowOf<{ number: string; queued: readonly string[] }>(rows);
        const found = new Set(queued.map(Number));
        const skipped = asked.filter((lead) => !found.has(lead))
          .map((lead_id) => ({ lead_id, reason: "not_found" }));
        const told = { job_id: Number(number), total: asked.length, queued: found.size, skipped };
        return answer(201, told, "Drafting started");
      });
    } catch (error) {
      throw ledgerError(error);
    }
  },
};
