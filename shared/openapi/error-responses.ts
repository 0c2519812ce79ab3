import type { AnswerHeaders, OtherHeader } from "./headers.ts";
import { ref, type Schema } from "./schemas.ts";

/** An error that operations may give. */
export interface ErrorAnswer {
  status: number;
  /** Its name in that of the component. */
  name: string;
  when: string;
  headers?: readonly OtherHeader[] | undefined;
  /** Of its body, as {@link Schemas.named} gives it. */
  schema: Schema;
}

/** The answers of these errors, by status: those of the same status are one component. */
export function responsesOf(
  responses: Map<string, Schema>,
  headers: AnswerHeaders,
  errors: readonly ErrorAnswer[],
): Record<string, Schema> {
  const byStatus = new Map<number, ErrorAnswer[]>();
  for (const error of errors) {
    byStatus.set(error.status, [...byStatus.get(error.status) ?? [], error]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => {
      const component = some.map(({ name }) => name).join("Or");
      responses.set(component, {
        description: some.map(({ when }) => when).join(" "),
        headers: headers.of(...new Set(some.flatMap((one) => one.headers ?? []))),
        content: { "application/json": { schema: anyOf(some.map(({ schema }) => schema)) } },
      });
      return [status, ref("responses", component)];
    }),
  );
}

function anyOf(schemas: readonly Schema[]): Schema {
  const different = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]));
  const [first = {}, ...others] = different.values();
  return others.length === 0 ? first : { anyOf: [first, ...others] };
}
