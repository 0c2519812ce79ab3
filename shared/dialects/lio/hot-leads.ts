import * as z from "zod";
import { hotLeads } from "../../crm/intent-signals.ts";
import { SIGNAL_TYPES } from "../../crm/signal-types.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioOperation } from "./contract.ts";
import { pageSchema } from "./page.ts";
import { readQuery } from "./reading.ts";

const MOST = 100;

const parameters = lazy(() =>
  z.strictObject({
    limit: wholeNumber(MOST).default(10).meta({ default: 10 }),
    assigned_to_id: wholeNumber(Number.MAX_SAFE_INTEGER).optional(),
    signal_type: z.enum(SIGNAL_TYPES, `Must be one of ${SIGNAL_TYPES.join(", ")}`).optional().meta({
      description: "Leads that have such a signal of the last 30 days.",
    }),
  })
);

const hotLead = lazy(() =>
  z.object({
    lead_id: z.int(),
    name: z.string(),
    company: z.string().nullable(),
    score: z.int().min(0).max(100),
    intent_score: z.number().min(0).max(50),
    signal_count: z.int().min(1),
    last_signal_type: z.enum(SIGNAL_TYPES),
    last_signal_at: z.string(),
    assigned_to: z.int().nullable(),
  }).meta({ id: "HotLead" })
);

/** GET: leads whose signals are worth much now (decisions: 11). */
export const listHotLeads: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listHotLeads",
      summary: "List hot leads",
      query: parameters(),
      answers: { 200: pageSchema(hotLead()) },
    };
  },
  async run(call) {
    const { limit, assigned_to_id: assignedTo, signal_type: signalType } = readQuery(
      call,
      parameters(),
    );
    const [rows] = await call.workspace.read([
      statement(hotLeads({ limit, assignedTo, signalType })),
    ]);
    const { total, leads } = rowOf<{ total: number; leads: string }>(rows);
    const about = JSON.stringify({ total: Number(total), page: 1, limit }).slice(1);
    const body = `{"success":true,"message":"Hot leads fetched","data":${leads},${about}`;
    return { status: 200, body };
  },
};
