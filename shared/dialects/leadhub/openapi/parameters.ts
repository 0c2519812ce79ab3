import type * as z from "zod";
import type { Components } from "../../../openapi/document.ts";
import { ref, type Schema } from "../../../openapi/schemas.ts";
import type { LeadHubOperation } from "../contract.ts";

const TEXTS: Readonly<Record<string, string>> = {
  page: "The page of the list, from 1.",
  per_page: "Records on a page.",
  sort: "The field to sort by.",
  direction: "Ascending or descending.",
  search:
    "Words that must all occur in the text that is searched; one of one or two letters, at the " +
    "beginning of a word.",
};

/** The parameters of a route: of its path, of its query, then its headers. */
export function parametersOf(
  components: Components,
  path: string,
  { kind, contract }: LeadHubOperation,
): Schema[] {
  const query = Object.entries<z.ZodType>(contract?.query?.shape ?? {});
  const headers = kind === "write" ? ["IdempotencyKey", "XIdempotencyKey"] : [];
  return [
    ...Array.from(
      path.matchAll(/([a-z]+)\/:(\w+)/g),
      ([, of = "", name = ""]) => pathParameter(name, of),
    ),
    ...query.map(([name, schema]) => queryParameter(components, name, schema)),
    ...[...headers, "XRequestId"].map((name) => ref("parameters", name)),
  ];
}

// Records are named by their numbers, tags of a lead by what they are called.
function pathParameter(name: string, of: string): Schema {
  const record = of.replace(/s$/, "");
  const isNumber = /(^|_)id$/.test(name);
  return {
    name,
    in: "path",
    required: true,
    description: isNumber ? `The number of the ${record}.` : `The name of the ${record}.`,
    schema: isNumber ? { type: "integer", minimum: 1 } : { type: "string", minLength: 1 },
    example: isNumber ? 1842 : "hot-lead",
  };
}

function queryParameter({ schemas, parameters }: Components, name: string, given: z.ZodType) {
  const { description = TEXTS[name], ...schema } = schemas.input(given);
  const parameter: Schema = {
    name,
    in: "query",
    required: !given.safeParse(undefined).success,
    description: description ?? `Only records with this ${name}.`,
    schema,
  };
  if (!(name in TEXTS) || name === "sort") return parameter;
  parameters.set(name, parameter);
  return ref("parameters", name);
}
