import { object, type Schema, type Schemas } from "../../../openapi/schemas.ts";
import type { Contract } from "../contract.ts";

/** The schema of a page of the log of requests. */
export function requestPage(schemas: Schemas, { resource }: Contract): Schema {
  const items = schemas.named("Request", () => schemas.output(resource.schema));
  return schemas.named("RequestPage", () =>
    object({
      items: { type: "array", items },
      pagination: object({
        per_page: { type: "integer", minimum: 1, maximum: 100 },
        next_cursor: {
          type: ["string", "null"],
          description: "Sent back as `cursor`, continues the list; null on the last page.",
        },
      }),
    }));
}

/** The schema of what is used of each limit. */
export function usage(schemas: Schemas, { answer, action }: Contract): Schema {
  if (answer === undefined) throw new TypeError(`${action} does not say what it answers`);
  return schemas.named("Usage", () => schemas.output(answer));
}
