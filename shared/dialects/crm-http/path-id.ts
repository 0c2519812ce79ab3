import { uuid } from "../../crm/values/fields.ts";
import type { Call } from "../../http/call.ts";
import { InvalidInput } from "../../refusals/errors.ts";

/** The id in the path of a request. Throws InvalidInput for what is none. */
export function pathId({ params }: Pick<Call, "params">, name: string): string {
  const { data } = uuid().safeParse(params[name]);
  if (data !== undefined) return data;
  const message = "Must be a UUID, such as 497f6eca-6276-4993-bfeb-53cbbbba6f08.";
  throw new InvalidInput([{ field: name, message }]);
}
