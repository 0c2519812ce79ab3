import * as z from "zod";
import { selectPipelineTotals, stageTotal } from "../../crm/pipeline-totals.ts";
import { pipelines } from "../../crm/pipelines.ts";
import { requireRecord, selectRecord } from "../../crm/records.ts";
import { uuid } from "../../crm/values/fields.ts";
import { parseQuery } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { retrieveOrList } from "./record-reads.ts";

const byId = lazy(() => z.strictObject({ id: uuid() }));
const list = retrieveOrList(pipelines);

/** GET: the pipeline of `?id=` with what its deals come to, or a page of the list. */
export const retrieveOrListPipelines: LumenbaseOperation = {
  ...list,
  get contract() {
    const totals = z.array(stageTotal);
    return list.contract && { ...list.contract, answer: pipelines.schema.extend({ totals }) };
  },
  async run(call) {
    if (!call.query.has("id")) return await list.run(call);
    const { id } = parseQuery(byId(), call.query);
    const { workspace } = call;
    const [rows, totals] = await workspace.read([
      selectRecord(pipelines, id),
      selectPipelineTotals(id, workspace.seesAll),
    ]);
    return answer(call, 200, { ...requireRecord(pipelines, id, rows), totals });
  },
};
