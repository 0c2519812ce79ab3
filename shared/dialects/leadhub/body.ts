import type { Fields } from "../../crm/plan.ts";
import { bodySchema, changeOf, creationOf, type More } from "../../crm/views/body.ts";
import type { View } from "../../crm/views/view.ts";
import type { Call } from "../../http/call.ts";
import { InvalidInput } from "../../refusals/errors.ts";

/** The values of a record that is to be made. Throws InvalidInput. */
export function readCreation(call: Call, view: View, more?: More): Fields {
  return creationOf(bodySchema(view, "creation", more), call.object());
}

/** The values that are to change. Throws InvalidInput, also for a body without fields. */
export function readChange(call: Call, view: View, more?: More): Fields {
  const body = call.object();
  const values = changeOf(bodySchema(view, "change", more), body);
  if (Object.keys(body).length > 0) return values;
  throw new InvalidInput([{ field: "body", message: "The body must have at least one field." }]);
}
