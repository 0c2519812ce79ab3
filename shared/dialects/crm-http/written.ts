import { domainError } from "../../crm/records.ts";
import type { WritableResource } from "../../crm/resource.ts";
import type { View } from "../../crm/views/view.ts";
import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { write } from "../../http/write.ts";
import { Blocked, Conflict, InvalidInput } from "../../refusals/errors.ts";

/** Writes, and makes the answer of the last statement's rows. Throws what the API says of a refusal. */
export async function written(
  call: Call,
  view: View<WritableResource>,
  statements: readonly Statement[],
  toOutcome: (rows: Rows) => Outcome,
): Promise<Outcome> {
  try {
    return await write(call, statements, (rows) => toOutcome(rows.at(-1) ?? []));
  } catch (error) {
    throw toldOf(view, domainError(view.resource, error));
  }
}

// By the names of the API.
function toldOf({ fields }: View, error: unknown): unknown {
  const names = new Map(
    Object.entries(fields).map(([name, { input }]) => [input?.column ?? name, name]),
  );
  const renamed = ({ fields: some }: InvalidInput | Conflict | Blocked) =>
    some.map((one) => ({ ...one, field: names.get(one.field) ?? one.field }));
  if (error instanceof Conflict) return new Conflict(renamed(error));
  if (error instanceof Blocked) return new Blocked(renamed(error));
  return error instanceof InvalidInput ? new InvalidInput(renamed(error)) : error;
}
