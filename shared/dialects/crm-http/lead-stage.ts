import { written } from "../../operations/written.ts";
import * as z from "zod";
import { opportunityChange } from "../../crm/opportunities.ts";
import { label, uuid } from "../../crm/values/fields.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { CrmOperation } from "./contract.ts";
import { objectOf } from "./entity.ts";
import { answer } from "./envelope.ts";
import { lead } from "./lead-view.ts";
import { readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";

const body = lazy(() =>
  z.strictObject({ stageId: uuid().optional(), stage: label(255).optional() })
);

/** PATCH: moves a lead to a stage, by its id, its name or its system key (spec: leads/{id}/stage). */
export const changeStage: CrmOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "changeLeadStage",
      summary: "Move a lead to a stage",
      body: body(),
      answers: { 200: lead.schema },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const id = pathId(call, "lead_id");
    const [, { stageId, stage }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const fields = {
      ...(stageId === undefined ? {} : { stage_id: stageId }),
      ...(stage === undefined ? {} : { stage }),
    };
    return written(
      call,
      lead,
      writeThenSelect(lead, opportunityChange(id, fields)),
      (rows) => answer(200, shownRecord(lead, id, rows)),
    );
  },
};
