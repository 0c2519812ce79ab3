import type { BatchDone, RowError } from "../crm/import-jobs.ts";
import type { Fields } from "../crm/plan.ts";
import { domainError } from "../crm/records.ts";
import { uniqueLeads } from "../crm/unique-leads.ts";
import { InvalidInput } from "../refusals/errors.ts";

/** What is made of a row: the fields of app.capture_lead, or what is wrong with it. */
export type ReadRow = { fields: Fields } | { mistakes: readonly Omit<RowError, "row">[] };

/** A row, counted from the first of its import. */
export type NumberedRow = { row: number } & ReadRow;

/** What became of a row that could be read, as app.import_leads and app.import_contacts answer it. */
export interface Outcome {
  outcome: string;
  code: string | null;
  message: string | null;
  rule: string | null;
}

/** Those of rows that could be read. */
export function goodOf<T extends object>(
  rows: readonly (T & ReadRow)[],
): (T & { fields: Fields })[] {
  return rows.flatMap((one) => "fields" in one ? [one] : []);
}

/** What became of rows, up to the first of the good ones of which nothing is told. */
export function batchDone(rows: readonly NumberedRow[], outcomes: readonly Outcome[]): BatchDone {
  const good = goodOf(rows);
  const end = good[outcomes.length]?.row ?? Infinity;
  const failed = outcomes.flatMap((one, n) =>
    one.outcome === "failed" ? mistakesIn(one).map(of(good[n]?.row ?? 0)) : []
  );
  const wrong = rows.flatMap((one) => "mistakes" in one && one.row < end ? [one] : []);
  const count = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length;
  return {
    created: count("created"),
    updated: count("updated"),
    skipped: count("skipped"),
    failed: count("failed") + wrong.length,
    errors: [...wrong.flatMap((one) => one.mistakes.map(of(one.row))), ...failed]
      .toSorted((a, b) => a.row - b.row),
  };
}

/** What is wrong with a row of a number. */
function of(row: number) {
  return ({ field, message }: Omit<RowError, "row">): RowError => ({ row, field, message });
}

function mistakesIn({ code, message, rule }: Outcome): Omit<RowError, "row">[] {
  const raised = Object.assign(new Error(message ?? ""), {
    code,
    ...rule ? { constraint: rule } : {},
  });
  const error = domainError(uniqueLeads, raised);
  if (error instanceof InvalidInput) {
    return error.fields.map(({ field, message: told }) => ({ field, message: told }));
  }
  return [{ field: null, message: "Cannot be stored." }];
}
