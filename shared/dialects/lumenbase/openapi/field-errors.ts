import type { FieldError } from "../../../refusals/errors.ts";
import { objectOf, type Schema, type Schemas } from "../../../openapi/schemas.ts";

/** The schema of `fields`: what is wrong with each. */
export function fieldErrors(schemas: Schemas): Schema {
  const one = schemas.named("FieldError", () =>
    objectOf<Omit<FieldError, "rule" | "in">>({
      field: { type: "string", description: "Path, such as `email` or `contacts[3].email`." },
      message: { type: "string", description: "What is wrong, and what would be right." },
    }));
  return { type: "array", items: one, minItems: 1 };
}
