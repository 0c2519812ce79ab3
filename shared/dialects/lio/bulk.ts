import * as z from "zod";
import { bulkTurn, type Chosen, type Work, worked } from "../../crm/bulk.ts";
import { domainError } from "../../crm/records.ts";
import type { WritableResource } from "../../crm/resource.ts";
import { type Sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { transact } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";

const count = () => z.int().min(0);

/** What is answered when something was done with many records. */
export const bulkAnswer = lazy(() =>
  z.object({ matched: count(), updated: count(), not_found: z.array(z.int()) }).meta({ id: "Bulk" })
);

/** What is answered when records were deleted. */
export const deletedAnswer = lazy(() =>
  z.object({ deleted: count(), not_found: z.array(z.int()) }).meta({ id: "Deleted" })
);

/** What was done: how many records were found, of the numbers which were not, and how many changed. */
export interface Done {
  matched: number;
  updated: number;
  not_found: readonly number[];
}

interface Row {
  matched: number;
  found: readonly number[];
  updated: number;
}

/** Does something with many records. Throws RecordNotFound when there is none of the numbers. */
export async function workOn(
  call: Call<LioCaller>,
  resource: WritableResource,
  { chosen, work, lock, first }: { chosen: Chosen; work: Work; lock?: "deletion"; first?: Sql },
  toOutcome: (done: Done) => Outcome,
): Promise<Outcome> {
  try {
    return await transact(call, async (transaction) => {
      await transaction.run([
        ...bulkTurn(resource),
        ...first === undefined ? [] : [statement(first)],
      ]);
      const [rows] = await transaction.run([statement(worked(resource, chosen, work, lock))]);
      const [{ matched, found, updated } = { matched: 0, found: [], updated: 0 }] = rowsOf<Row>(
        rows,
      );
      if (!("numbers" in chosen)) return toOutcome({ matched, updated, not_found: [] });
      if (matched === 0) throw new RecordNotFound(resource.record, chosen.numbers.join(", "));
      const known = new Set(found.map(Number));
      const not_found = chosen.numbers.filter((number) => !known.has(number));
      return toOutcome({ matched, updated, not_found });
    });
  } catch (error) {
    throw domainError(resource, error);
  }
}
