import * as z from "zod";
import { deletionOfLeads } from "../../crm/bulk-leads.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { deletedAnswer, workOn } from "./bulk.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { numbers } from "./filters.ts";
import { lead } from "./lead-view.ts";
import { objectOf, OPTIONAL_BODY, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { someIds } from "./selection.ts";

const MOST = 1_000;
const body = lazy(() => z.strictObject({ ids: someIds() }));
const parameters = lazy(() =>
  z.strictObject({
    ids: numbers().refine((given) => given.length <= MOST, `Must have at most ${MOST} ids`)
      .optional(),
  })
);

/** DELETE: deletes leads, by ids in the body or in the query. */
export const deleteLeads: LioOperation = {
  kind: "write",
  body: OPTIONAL_BODY,
  get contract() {
    return {
      id: "deleteLeads",
      summary: "Delete leads",
      query: parameters(),
      body: body(),
      answers: { 200: oneRecord(deletedAnswer()) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const [query, given] = collectMistakes(
      () => readQuery(call, parameters()),
      () => validated(body(), call.text === "" ? {} : objectOf(call)),
    );
    const chosen = given.ids ?? query.ids?.map(Number);
    if (chosen === undefined || given.ids !== undefined && query.ids !== undefined) {
      const message = "Give the ids once: in the body, or in the query.";
      throw new InvalidInput([{ field: "ids", message }]);
    }
    return await workOn(
      call,
      lead.resource,
      { chosen: { numbers: [...new Set(chosen)] }, work: deletionOfLeads, lock: "deletion" },
      ({ updated, not_found }) => answer(200, { deleted: updated, not_found }, "Leads deleted"),
    );
  },
};
