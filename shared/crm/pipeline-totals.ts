import * as z from "zod";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { dealTotals } from "./dashboard.ts";
import * as answer from "./values/record-schema.ts";

/** What the deals at a stage come to in one currency. */
export const stageTotal = z.object({
  stage_id: answer.id,
  currency: z.string(),
  deals: z.int(),
  value: answer.amount,
});

/** Selects what the deals of a pipeline that the actor sees come to: of totals that are kept, or of the deals. */
export function selectPipelineTotals(pipeline: string, seesAll: boolean): Statement {
  return statement(sql`
    select t.stage as stage_id, t.currency, sum(t.deals)::int as deals,
      trim_scale(sum(t.value)) as value
    from ${dealTotals(seesAll)} t join crm.stages s on s.id = t.stage
    where s.pipeline_id = ${pipeline}
    group by t.stage, s.position, t.currency having sum(t.deals) > 0
    order by s.position, t.stage, t.currency`);
}
