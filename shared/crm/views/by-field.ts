import { Blocked, Conflict, InvalidInput } from "../../refusals/errors.ts";
import type { View } from "./view.ts";

/** A refusal of columns as one of the view's fields, which show them; another error stays as it is. */
export function byField({ fields }: View, error: unknown): unknown {
  const isByColumn = error instanceof InvalidInput || error instanceof Conflict ||
    error instanceof Blocked;
  if (!isByColumn) return error;
  const names = new Map(
    Object.entries(fields).map(([name, { input }]) => [input?.column ?? name, name]),
  );
  const told = error.fields.map((one) => ({ ...one, field: names.get(one.field) ?? one.field }));
  if (error instanceof Conflict) return new Conflict(told);
  return error instanceof Blocked ? new Blocked(told, error.code) : new InvalidInput(told);
}
