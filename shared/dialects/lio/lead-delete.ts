import * as z from "zod";
import { deletionOfLeads } from "../../crm/bulk-leads.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { numbers } from "./filters.ts";
import { work } from "./lead-bulk.ts";
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
const deleted = lazy(() => z.object({ deleted: z.int().min(0), not_found: z.array(z.int()) }));

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
      answers: { 200: oneRecord(deleted()) },
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
    return await work(
      call,
      { numbers: [...new Set(chosen)] },
      deletionOfLeads,
      ({ updated }, not_found) => answer(200, { deleted: updated, not_found }, "Leads deleted"),
    );
  },
};
