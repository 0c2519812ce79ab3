import type * as z from "zod";
import type { Contract } from "../contract.ts";
import type { Components } from "../document.ts";
import { ref, type Schema } from "../schemas.ts";
import type { Words } from "./words.ts";

/** A route's part of its parameters: its path, whether it needs a key and writes, its contract. */
export interface Parametrised {
  path: string;
  isPublic: boolean;
  isWrite: boolean;
  contract: Contract;
}

/** The parameters of a route: of its path, of its query, then its headers. */
export function parametersOf(words: Words, components: Components, route: Parametrised): Schema[] {
  const { path, isPublic, isWrite, contract } = route;
  const query = Object.entries<z.ZodType>(contract.query?.shape ?? {});
  const everywhere = isPublic ? [] : Object.entries(words.everywhere ?? {});
  const headers = isWrite ? ["IdempotencyKey", "XIdempotencyKey"] : [];
  return [
    ...Array.from(
      path.matchAll(/([a-z-]+)\/:(\w+)/g),
      ([, of = "", name = ""]) => words.pathParameter(name, of),
    ),
    ...everywhere.map(([name, parameter]) => shared(components, name, parameter)),
    ...query.map(([name, schema]) => queryParameter(words, components, name, schema)),
    ...[...headers, "XRequestId"].map((name) => ref("parameters", name)),
  ];
}

/** What each list has of its own. */
const OWN = new Set(["sort", "order_by"]);

function queryParameter(words: Words, components: Components, name: string, given: z.ZodType) {
  const text = words.parameters[name];
  const { description = text, ...schema } = components.schemas.input(given);
  const required = !given.safeParse(undefined).success;
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const parameter: Schema = {
    name,
    in: "query",
    required,
    ...(required && example !== undefined ? { example } : {}),
    description: description ?? `Only records with this ${name}.`,
    schema,
  };
  return text === undefined || required || OWN.has(name)
    ? parameter
    : shared(components, name, parameter);
}

// Operations that mean another thing by the same name keep it to themselves.
function shared({ parameters }: Components, name: string, parameter: Schema): Schema {
  const known = parameters.get(name) ?? parameter;
  if (JSON.stringify(known) !== JSON.stringify(parameter)) return parameter;
  parameters.set(name, parameter);
  return ref("parameters", name);
}
