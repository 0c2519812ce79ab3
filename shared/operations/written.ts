import { domainError } from "../crm/records.ts";
import type { WritableResource } from "../crm/resource.ts";
import { byField } from "../crm/views/by-field.ts";
import type { View } from "../crm/views/view.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import type { Call, Outcome } from "../http/call.ts";
import { write } from "../http/write.ts";

/** Writes, and makes the answer of the last statement's rows. Throws Refusal, by the names of the view. */
export async function written(
  call: Call,
  view: View<WritableResource>,
  statements: readonly Statement[],
  toOutcome: (rows: Rows) => Outcome,
): Promise<Outcome> {
  try {
    return await write(call, statements, (rows) => toOutcome(rows.at(-1) ?? []));
  } catch (error) {
    throw byField(view, domainError(view.resource, error));
  }
}
