import {
  type ContractDocument,
  type ContractOperation,
  propertiesOf,
  type Schema,
} from "../support/contract-document.ts";
import type { TestDialect } from "../support/dialects/dialect.ts";
import { successOf } from "../support/operation-requests.ts";

/** A field of a create operation that takes any text. */
export interface TextField {
  operation: ContractOperation;
  name: string;
  /** A body with this text in the field; `i` tells its record from others. */
  body(text: string, i: number): Record<string, unknown>;
}

/** Every text field, of a form or not, of every operation that creates one record. */
export function textFields(dialect: TestDialect, document: ContractDocument): TextField[] {
  const creating = document.operations().filter((operation) => {
    const { method, path, id, body } = operation;
    return method === "POST" && body && !dialect.isLoose(operation) &&
      !dialect.apart?.includes(id) &&
      successOf(operation) === 201 && !path.endsWith("-batch") &&
      !path.includes("connector") && !id.startsWith("update");
  });
  return creating.flatMap((operation) => {
    const properties = propertiesOf(document, operation.body?.schema ?? {});
    return Object.entries(properties).filter(([, schema]) => isText(document, schema))
      .map(([name]) => ({
        operation,
        name,
        body: (text: string, i: number) => ({ ...dialect.plainBody(operation, i), [name]: text }),
      }));
  });
}

function isText(document: ContractDocument, given: unknown): boolean {
  const schema = document.resolved<Schema>(given);
  if ("format" in schema) return ["idn-email", "password"].includes(String(schema.format));
  if ("enum" in schema || "const" in schema) return false;
  if ([schema.type].flat().includes("string")) return true;
  return [schema.anyOf, schema.oneOf, schema.allOf].flat().filter(Boolean)
    .some((part) => isText(document, part));
}
