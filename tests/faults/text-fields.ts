import type { ContractDocument, ContractOperation, Schema } from "../support/contract-document.ts";
import { goodBody } from "../support/contract-world.ts";

/** A field of a create operation that takes any text. */
export interface TextField {
  operation: ContractOperation;
  name: string;
  /** A body with this text in the field; `i` tells its record from others. */
  body(text: string, i: number): Record<string, unknown>;
}

/** Every text field, of a form or not, of every operation that creates one record. */
export function textFields(document: ContractDocument): TextField[] {
  const creating = document.operations().filter(({ method, path, id, body }) =>
    method === "POST" && body && !path.endsWith("-batch") && !path.includes("connector") &&
    !id.startsWith("update")
  );
  return creating.flatMap((operation) => {
    const properties = propertiesOf(document, operation.body?.schema ?? {});
    return Object.entries(properties).filter(([, schema]) => isText(document, schema))
      .map(([name]) => ({
        operation,
        name,
        body: (text: string, i: number) => ({ ...base(operation, i), [name]: text }),
      }));
  });
}

// A record of its own for each text: an email or a domain that is there already names another's.
function base(operation: ContractOperation, i: number): object {
  if (operation.resource === "contacts") return { first_name: "A", email: `a${i}@example.com` };
  return operation.resource === "companies" ? { name: "A" } : goodBody(operation) as object;
}

function propertiesOf(document: ContractDocument, given: unknown): Record<string, unknown> {
  const schema = document.resolved<Schema>(given);
  const parts = [schema.allOf, schema.oneOf, schema.anyOf].flat().filter(Boolean);
  return Object.assign(
    {},
    ...parts.map((part) => propertiesOf(document, part)),
    schema.properties ?? {},
  );
}

function isText(document: ContractDocument, given: unknown): boolean {
  const schema = document.resolved<Schema>(given);
  if ("format" in schema) return schema.format === "idn-email";
  if ("enum" in schema || "const" in schema) return false;
  if ([schema.type].flat().includes("string")) return true;
  return [schema.anyOf, schema.oneOf, schema.allOf].flat().filter(Boolean)
    .some((part) => isText(document, part));
}
