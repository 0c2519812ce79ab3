import type { PublicDocument } from "../http/public-document.ts";
import type { AnswerHeaders } from "./headers.ts";
import { ref, type Schema } from "./schemas.ts";

/** Describes a route that answers the same document to anybody, and besides it these errors. */
export function describeDocument(
  { id, summary, contentType, headers: own = {} }: PublicDocument,
  { headers, errors }: { headers: AnswerHeaders; errors: Record<string, Schema> },
): Schema {
  const [type = ""] = contentType.split(";");
  const declared = {
    ...headers.ofDocument(),
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, always(value)])),
  };
  const schema = { type: type === "application/json" ? "object" : "string" };
  return {
    operationId: id,
    tags: [CONTRACT_TAG.name],
    summary,
    description: "Needs no key.",
    security: [],
    parameters: [ref("parameters", "IfNoneMatch"), ref("parameters", "XRequestId")],
    responses: {
      200: { description: "The document.", headers: declared, content: { [type]: { schema } } },
      304: { description: "It has not changed.", headers: declared },
      ...errors,
    },
  };
}

function always(value: string): Schema {
  return {
    description: "The same on every answer.",
    required: true,
    schema: { type: "string", const: value },
  };
}

/** The tag of what describes the API itself. */
export const CONTRACT_TAG = { name: "Contract", description: "This document." };
