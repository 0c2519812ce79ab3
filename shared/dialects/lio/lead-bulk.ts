import * as z from "zod";
import type { Work } from "../../crm/bulk.ts";
import { assignmentOfLeads, statusOfLeads, tagsOfLeads } from "../../crm/bulk-leads.ts";
import type { Fields } from "../../crm/plan.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { bulkAnswer, workOn } from "./bulk.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { id, tags } from "./given.ts";
import { requireOwn } from "./lead-body.ts";
import { listing } from "./lead-list.ts";
import { lead } from "./lead-view.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { selectionFields, selectionOf, waysToChoose } from "./selection.ts";

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
        answers: { 200: oneRecord(bulkAnswer()) },
        refusals: ["not_found" as const],
      };
    },
    async run(call) {
      const [, given] = collectMistakes(
        () => readQuery(call, noParameters()),
        () => validated(body(), objectOf(call)),
      );
      const chosen = await selectionOf(lead, listing, given, call);
      return await workOn(
        call,
        lead.resource,
        { chosen, work: done(given, call.caller) },
        (result) => answer(200, result, message),
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
