import { stringify } from "lossless-json";
import * as z from "zod";
import { domainError } from "../../crm/records.ts";
import { uniqueLeads } from "../../crm/unique-leads.ts";
import { selectById, shownRecord } from "../../crm/views/statements.ts";
import { sql, statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { JsonText } from "../../formats/json-text.ts";
import type { Outcome } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { transact } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { capturedBody, type CapturedLead, readCaptured } from "./captured-lead.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { identifyWithKey } from "./identify-key.ts";
import { listing } from "./lead-list.ts";
import { lead } from "./lead-view.ts";
import { list } from "./lists.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const captured = lazy(() =>
  lead.schema.extend({
    duplicate_of: z.int().optional(),
    merged: z.literal(true).optional(),
  }).meta({ id: "CapturedLead" })
);

/** POST: a lead of another system (spec: Create a lead). */
const capture: LioOperation = {
  kind: "write",
  body: BODY,
  identify: identifyWithKey,
  get contract() {
    return {
      id: "captureLead",
      summary: "Create a lead",
      body: capturedBody(),
      answers: { 200: oneRecord(captured()), 201: oneRecord(captured()) },
      refusals: ["conflict" as const],
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => readCaptured(objectOf(call)),
    );
    // As a Rep's lead is theirs wherever they make it.
    const own = call.caller.userRole === "rep" ? { assigned_to: userOf(call.caller).number } : {};
    try {
      return await transact(call, (transaction) => taken(transaction, given, own));
    } catch (error) {
      throw domainError(uniqueLeads, error);
    }
  },
};

async function taken(
  transaction: Transaction,
  { fields, onExisting }: CapturedLead,
  own: { assigned_to?: number },
): Promise<Outcome> {
  const [rows] = await transaction.run([statement(
    sql`select id, existing from app.capture_lead(${
      stringify({ ...fields, ...own })
    }::jsonb, ${onExisting})`,
  )]);
  const { id, existing } = rowOf<{ id: string; existing: number | string | null }>(rows);
  const [shown] = await transaction.run([selectById(lead, id)]);
  const { text } = shownRecord(lead, id, shown);
  if (existing === null) return answer(201, new JsonText(text), "Lead created successfully");
  const more = (member: object) =>
    new JsonText(`${text.slice(0, -1)},${JSON.stringify(member).slice(1)}`);
  return onExisting === "merge"
    ? answer(200, more({ merged: true }), "Lead merged")
    : answer(201, more({ duplicate_of: Number(existing) }), "Lead created successfully");
}

const { id: _, summary: __, filters: ___, together: ____, ...words } = listing;

/** Leads of other systems (spec: Lead ingestion and web forms). */
export default router<LioCaller>("/api/v1/lead")
  .post("/", scope("leads:write"), capture)
  .get("/lead-list", scope("leads:read"), {
    ...list(lead, {
      ...words,
      id: "listCapturedLeads",
      summary: "List leads with a key",
      dates: null,
    }),
    identify: identifyWithKey,
  });
