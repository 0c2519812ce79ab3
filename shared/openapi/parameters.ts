import type { z } from "zod";
import type { Contract } from "../http/operation.ts";
import { EXAMPLE_IDS } from "./examples.ts";
import type { Components } from "./operations.ts";
import { ref, type Schema } from "./schemas.ts";

const TEXTS: Record<string, string> = {
  page: "The page of the list, from 1. Not together with `cursor`.",
  per_page: "Records on a page.",
  cursor: "The `next_cursor` of the page before: goes on at the same cost however far in, and " +
    "without gaps when records are added. Filters, search and sort must stay the same.",
  sort_by: "The field to sort by.",
  sort_order: "Ascending or descending.",
  search: "Words that must all occur in the text that is searched.",
  dry_run: "With `true`, answers what would be done and changes nothing.",
};

/** The parameters of an operation: of its query, then its headers. */
export function parametersOf(components: Components, contract: Contract): Schema[] {
  const { parameters } = contract;
  const query = Object.entries(parameters.shape).map(([name, schema]) =>
    queryParameter(components, contract, name, schema as z.ZodType)
  );
  const headers = contract.action === "list"
    ? ["XRequestId"]
    : ["IdempotencyKey", "XIdempotencyKey", "XRequestId"];
  return [...query, ...headers.map((name) => ref("parameters", name))];
}

function queryParameter(
  { schemas, parameters }: Components,
  contract: Contract,
  name: string,
  given: z.ZodType,
): Schema {
  const { resource, action } = contract;
  const schema = asQueryValue(schemas.input(given));
  const parameter = { name, in: "query", required: !given.safeParse(undefined).success };
  if (name === "id") {
    const description = action === "list"
      ? `The ${resource.record} to retrieve, instead of a list; no other parameter may be given.`
      : `The ${resource.record}.`;
    const example = EXAMPLE_IDS[resource.record];
    return { ...parameter, description, schema, ...(example ? { example } : {}) };
  }
  const description = TEXTS[name];
  if (description === undefined) {
    return { ...parameter, description: `Only ${resource.name} with this ${name}.`, schema };
  }
  if (name === "sort_by") return { ...parameter, description, schema };
  parameters.set(name, { ...parameter, description, schema });
  return ref("parameters", name);
}

// A query has only texts: `true` is one of a boolean's two.
function asQueryValue(schema: Schema): Schema {
  const values = schema.enum;
  if (!Array.isArray(values) || values.join() !== "true,false") return schema;
  return { type: "boolean", default: schema.default === "true" };
}
