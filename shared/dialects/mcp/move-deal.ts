import * as z from "zod";
import { deals } from "../../crm/deals.ts";
import type { Fields } from "../../crm/plan.ts";
import { lockRecord, requireRecord, selectRecord, updateRecord } from "../../crm/records.ts";
import type { Scope } from "../../crm/scopes.ts";
import { stages } from "../../crm/stages.ts";
import { label, uuid } from "../../crm/values/fields.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import { scope } from "../../http/operation.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { writing } from "./arguments.ts";
import { shortened } from "./bound.ts";
import { tool } from "./tool.ts";
import { write, WRITES } from "./write.ts";

const input = lazy(() =>
  z.strictObject({
    deal_id: uuid(),
    stage: label(255).describe("The name of a stage of the pipeline, or the id of a stage."),
    pipeline_id: uuid().describe("Another pipeline than the deal is in.").optional(),
    ...writing(),
  })
);

const output = lazy(() => {
  const place = deals.schema.pick({ stage: true, status: true, pipeline_id: true });
  return z.object({
    dry_run: z.literal(true).optional(),
    outcome: z.enum(["moved", "unchanged"]),
    from: place,
    to: place,
    deal: deals.schema,
    replayed: z.literal(true).optional(),
  });
});

type Move = Pick<z.output<ReturnType<typeof input>>, "deal_id" | "stage" | "pipeline_id">;

/** Changes a deal's stage. Unlike the native API it makes no new one of a name that its pipeline does not have. */
export const moveDeal = tool({
  name: "move_deal",
  title: "Move a deal",
  description: "Moves a deal to another stage, by the stage's name or id. A won or lost stage " +
    "closes the deal. Tells the stage it was in; dry_run moves nothing.",
  scope: scope<Scope>("deals:write"),
  annotations: { ...WRITES, destructiveHint: true, idempotentHint: true },
  input,
  output,
  run: (call, given) =>
    write(call, {
      tool: "move_deal",
      resource: deals,
      given,
      async work(transaction) {
        const { deal_id: id, stage } = given;
        const byId = uuid().safeParse(stage);
        const looking = byId.success ? [selectRecord(stages, byId.data)] : [];
        const [found, known] = await transaction.run([lockRecord(deals, id), ...looking]);
        const before = requireRecord(deals, id, found);
        const rows = await transaction.run(moving(given, before, known?.[0]));
        const deal = requireRecord(deals, id, rows.at(-1));
        const isSame = before.stage === deal.stage && before.pipeline_id === deal.pipeline_id;
        return {
          outcome: isSame ? "unchanged" : "moved",
          from: placeOf(before),
          to: placeOf(deal),
          deal: shortened(deal),
        };
      },
    }),
});

function moving({ deal_id: id, stage, pipeline_id }: Move, before: Fields, known?: Fields) {
  if (known === undefined) {
    const { statements }: { statements: readonly Statement[] } = deals.change(id, {
      stage,
      pipeline_id: pipeline_id ?? before.pipeline_id,
    });
    return statements;
  }
  if (pipeline_id !== undefined && pipeline_id !== known.pipeline_id) {
    const message = "Must be a stage of the pipeline with pipeline_id; it is of another.";
    throw new InvalidInput([{ field: "stage", message }]);
  }
  return [updateRecord(deals, id, { stage_id: known.id })];
}

function placeOf({ stage, status, pipeline_id }: Fields): Fields {
  return { stage, status, pipeline_id };
}
