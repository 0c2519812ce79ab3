import * as z from "zod";
import {
  assignmentOfLeads,
  BULK_TURN,
  type Chosen,
  leadsWorked,
  statusOfLeads,
  tagsOfLeads,
  type Work,
} from "../../crm/bulk-leads.ts";
import type { Fields } from "../../crm/plan.ts";
import { domainError } from "../../crm/records.ts";
import { statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { transact } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { id, requireOwn, tags } from "./lead-body.ts";
import { listing } from "./lead-list.ts";
import { lead } from "./lead-view.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { selectionFields, selectionOf, waysToChoose } from "./selection.ts";

const count = () => z.int().min(0);
const worked = lazy(() =>
  z.object({ matched: count(), updated: count(), not_found: z.array(z.int()) }).meta({ id: "Bulk" })
);

/** Something that is done with many leads, chosen in its body (spec: Bulk actions). */
interface Bulk {
  id: string;
  summary: string;
  message: string;
  /** What is given, beside which leads. */
  fields(): z.ZodRawShape;
  /** Throws Refusal. */
  work(given: Fields, caller: LioCaller): Work;
}

interface Worked {
  matched: number;
  found: readonly number[];
  updated: number;
}

/** Does something with leads. Throws RecordNotFound when there is none of the ids. */
export async function work(
  call: Call<LioCaller>,
  chosen: Chosen,
  done: Work,
  toOutcome: (result: Worked, notFound: readonly number[]) => Outcome,
): Promise<Outcome> {
  try {
    return await transact(call, async (transaction) => {
      await transaction.run(BULK_TURN);
      const [rows] = await transaction.run([statement(leadsWorked(chosen, done))]);
      const [result = { matched: 0, found: [], updated: 0 }] = rowsOf<Worked>(rows);
      if (!("numbers" in chosen)) return toOutcome(result, []);
      if (result.matched === 0) throw new RecordNotFound("lead", chosen.numbers.join(", "));
      const found = new Set(result.found.map(Number));
      return toOutcome(result, chosen.numbers.filter((number) => !found.has(number)));
    });
  } catch (error) {
    throw domainError(lead.resource, error);
  }
}

function bulk({ id: operation, summary, message, fields, work: done }: Bulk): LioOperation {
  const body = lazy(() =>
    z.strictObject({ ...selectionFields(listing), ...fields() }).meta({ anyOf: waysToChoose() })
  );
  return {
    kind: "write",
    body: BODY,
    get contract() {
      return {
        id: operation,
        summary,
        body: body(),
        answers: { 200: oneRecord(worked()) },
        refusals: ["not_found" as const],
      };
    },
    async run(call) {
      const [, given] = collectMistakes(
        () => readQuery(call, noParameters()),
        () => validated(body(), objectOf(call)),
      );
      const chosen = await selectionOf(lead, listing, given, call);
      return await work(
        call,
        chosen,
        done(given, call.caller),
        ({ matched, updated }, not_found) => answer(200, { matched, updated, not_found }, message),
      );
    },
  };
}

/** POST: gives leads a status. */
export const changeStatus = bulk({
  id: "changeLeadStatus",
  summary: "Change the status of leads",
  message: "Status changed",
  fields: () => ({ status: id() }),
  work: ({ status }) => statusOfLeads(Number(status)),
});

/** POST: gives leads a user, or none. */
export const assignUser = bulk({
  id: "assignLeads",
  summary: "Assign leads to a user",
  message: "Leads assigned",
  fields: () => ({ assigned_to: id().nullable() }),
  work({ assigned_to }, caller) {
    requireOwn(caller, assigned_to);
    return assignmentOfLeads(assigned_to === null ? null : Number(assigned_to));
  },
});

/** POST: gives leads more tags. */
export const assignTags = tagging("assignLeadTags", "Add tags to leads", "Tags added", false);

/** POST: gives leads these tags in place of all. */
export const setTags = tagging("setLeadTags", "Replace the tags of leads", "Tags set", true);

function tagging(operation: string, summary: string, message: string, isInstead: boolean) {
  return bulk({
    id: operation,
    summary,
    message,
    fields: () => ({ tags: tags() }),
    work: ({ tags: given }) => tagsOfLeads(Array.isArray(given) ? given : [], isInstead),
  });
}
