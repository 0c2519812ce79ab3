import { stringify } from "lossless-json";
import * as z from "zod";
import { signalLogging } from "../../crm/intent-signals.ts";
import { SIGNAL_TYPES } from "../../crm/signal-types.ts";
import { text } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import { writeThenSelect } from "../../crm/views/statements.ts";
import { sql } from "../../db/sql.ts";
import { JsonText } from "../../formats/json-text.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { intentSignal } from "./alert-view.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const MOST_DETAIL = 8 * 1024;
const MOST_AHEAD_MS = 5 * 60_000;
const POINTS = "Must be a number from 1 to 50";

const detail = lazy(() =>
  z.looseObject({ points: z.number(POINTS).min(1, POINTS).max(50, POINTS).optional() })
    .refine(
      (given) => new TextEncoder().encode(stringify(given)).length <= MOST_DETAIL,
      "Must have at most 8 KB of JSON",
    )
);

const body = lazy(() =>
  z.strictObject({
    lead_id: z.int("Must be a whole number").min(1, "Must be 1 or more"),
    signal_type: z.enum(SIGNAL_TYPES, `Must be one of ${SIGNAL_TYPES.join(", ")}`),
    signal_detail: detail().nullable().optional().meta({
      description: "Of a signal of the type manual, points says what it is worth.",
    }),
    source: text(100).nullable().optional(),
    occurred_at: instant().refine(
      (at) => Date.parse(at) <= Date.now() + MOST_AHEAD_MS,
      "Must not be more than 5 minutes ahead",
    ).nullable().optional(),
  })
);

/** POST: a signal of a lead (spec: Log an intent signal); `id` is the operation's at one of its paths. */
export const logSignal = (id: string): LioOperation => ({
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id,
      summary: "Log an intent signal",
      body: body(),
      answers: { 201: oneRecord(intentSignal.schema) },
    };
  },
  run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const lead = sql`(select l.id from crm.leads l where l.number = ${given.lead_id})`;
    const logging = signalLogging(lead, {
      type: given.signal_type,
      detail: given.signal_detail,
      source: given.source ?? null,
      occurredAt: given.occurred_at ?? undefined,
    });
    return write(call, writeThenSelect(intentSignal, logging), (rows) => {
      const record = rows.at(-1)?.[0]?.record;
      if (typeof record === "string") return answer(201, new JsonText(record), "Signal logged");
      throw new InvalidInput([{ field: "lead_id", message: "No lead with this id." }]);
    });
  },
});
