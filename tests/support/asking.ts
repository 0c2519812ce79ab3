import type { Admissions } from "../../shared/db/admission.ts";
import type { Rows, Statement } from "../../shared/db/wire/pipeline.ts";

/** Admissions that ask this statement, let everything in, and keep the rows that they were told. */
export function asking(ask: Statement): { admissions: Admissions; told: Rows[] } {
  const told: Rows[] = [];
  const admissions = () => ({
    ask,
    async answered(answer: { rows: Rows } | { error: unknown }) {
      if ("error" in answer) throw answer.error;
      told.push(answer.rows);
      return true;
    },
  });
  return { admissions, told };
}
