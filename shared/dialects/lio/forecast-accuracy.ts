import * as z from "zod";
import {
  type Accuracy,
  accuracyOfSums,
  brierOfSum,
  type ClosedSums,
} from "../../crm/forecast/accuracy.ts";
import { decimal, sum } from "../../crm/forecast/decimals.ts";
import { monthsUntil } from "../../crm/forecast/periods.ts";
import { accuracyByMonth, type AccuracyRow } from "../../crm/forecast-accuracy.ts";
import { statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Outcome } from "../../http/call.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { exact } from "./forecast-deal.ts";
import { months, pipelineId, today } from "./forecast-pipeline.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const FORMATS = ["json", "csv"] as const;

const parameters = lazy(() =>
  z.strictObject({
    months: months(),
    pipeline_id: pipelineId(),
    format: z.enum(FORMATS, "Must be json or csv").default("json").meta({ default: "json" }),
  })
);

const count = () => z.int().min(0);
const figures = () => ({
  deals: count(),
  won: count(),
  lost: count(),
  predicted: z.number(),
  actual: z.number(),
  error: z.number(),
  accuracy: z.number().min(0).max(1).nullable(),
});
const report = lazy(() =>
  z.object({
    months: z.array(z.object({ month: z.string().regex(/^\d{4}-\d\d$/), ...figures() })),
    overall: z.object({ ...figures(), brier: z.number().min(0).max(1).nullable() }),
  }).meta({ id: "ForecastAccuracy" })
);
const csv = lazy(() => z.string().meta({ contentMediaType: "text/csv" }));

const answers = lazy(() =>
  z.union([oneRecord(report()).meta({ id: "ForecastAccuracyAnswer" }), csv()])
);

/** GET: how right the forecasts of closed deals were (decisions: 14). */
export const getForecastAccuracy: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getForecastAccuracy",
      summary: "Get the accuracy of forecasts",
      query: parameters(),
      answers: { 200: answers() },
    };
  },
  async run(call) {
    const { months: size, pipeline_id, format } = readQuery(call, parameters());
    const asked = monthsUntil(await today(call), size);
    const [found] = await call.workspace.read([statement(accuracyByMonth(asked, pipeline_id))]);
    const rows = rowsOf<AccuracyRow>(found);
    const lines = rows.map((row) => ({ month: row.month, its: accuracyOfSums(row) }));
    if (format === "csv") return file(lines);
    const all = overall(rows);
    const brier = brierOfSum(sum(rows.map(({ missed }) => decimal(missed))), all.deals);
    return answer(
      200,
      {
        months: lines.map(({ month, its }) => Object.assign({ month }, shown(its))),
        overall: { ...shown(all), brier: brier && exact(brier) },
      },
      "Accuracy fetched",
    );
  },
};

function overall(rows: readonly ClosedSums[]): Accuracy {
  return accuracyOfSums({
    deals: rows.reduce((all, { deals }) => all + deals, 0),
    won: rows.reduce((all, { won }) => all + won, 0),
    predicted: sum(rows.map(({ predicted }) => decimal(predicted))),
    actual: sum(rows.map(({ actual }) => decimal(actual))),
  });
}

function shown({ predicted, actual, error, accuracy, ...counts }: Accuracy) {
  return {
    ...counts,
    predicted: exact(predicted),
    actual: exact(actual),
    error: exact(error),
    accuracy: accuracy && exact(accuracy),
  };
}

function file(lines: readonly { month: string; its: Accuracy }[]): Outcome {
  const rows = lines.map(({ month, its }) => [
    month,
    its.deals,
    its.won,
    its.lost,
    ...[its.predicted, its.actual, its.error].map((money) => money.toFixed(2, 1)),
    its.accuracy?.toFixed(4) ?? "",
  ]);
  const header = ["month", "deals", "won", "lost", "predicted", "actual", "error", "accuracy"];
  return {
    status: 200,
    body: [header, ...rows].map((row) => `${row.join()}\r\n`).join(""),
    contentType: "text/csv; charset=utf-8",
    headers: { "Content-Disposition": 'attachment; filename="forecast-accuracy.csv"' },
  };
}
