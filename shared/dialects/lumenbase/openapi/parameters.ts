import * as z from "zod";
import { CONNECTOR_PARAMETER } from "../connectors/reference.ts";
import { type Contract, READS } from "../contract.ts";
import { EXAMPLE_CONNECTORS, EXAMPLE_IDS, EXAMPLE_PARAMETERS } from "./examples.ts";
import type { Components } from "../../../openapi/document.ts";
import { ref, type Schema } from "../../../openapi/schemas.ts";
import { words } from "./wordings.ts";

const TEXTS: Record<string, string> = {
  page: "The page of the list, from 1. Not together with `cursor`.",
  per_page: "Records on a page.",
  cursor: "The `next_cursor` of the page before: goes on at the same cost however far in, and " +
    "without gaps when records are added. Filters, search and sort must stay the same.",
  since:
    "Where to go on: the `next_cursor` of the page before, or the `id` of an event. Without it the " +
    "feed begins at the oldest event that is kept, with `latest` behind all that is there.",
  types:
    "The types of events, with commas between; `contact.*` is all of contacts. All without it.",
  limit: "Events on a page; a stream has no such limit.",
  sort_by: "The field to sort by.",
  sort_order: "Ascending or descending.",
  search:
    "Words that must all occur in the text that is searched; one of one or two letters, at the " +
    "beginning of a word.",
  connector: "The id or the slug of the connector to go through; or a token of it, and then no " +
    "API key is needed.",
  "hub.mode": "What the sender asks for.",
  "hub.verify_token": "The connector's `verify_token`, as its sender was told it.",
  "hub.challenge": "What to answer.",
  replace_with: "The role that users of the deleted one get; also one of every workspace.",
  dry_run: "With `true`, answers what would be done and changes nothing.",
};

/** Those of the log of requests. */
const OF_LOG: Record<string, string> = {
  api_key_id: "Only requests with this key.",
  user_id: "Only requests of this user.",
  api: "Only requests to this API.",
  status: "Only requests answered with this status, or with `4xx` one of a hundred.",
  errors: "With `true` only requests that failed: of a status from 400 on.",
  since: "Only requests from this time on.",
  until: "Only requests before this time.",
  path: "Only requests whose path contains this.",
};

const ID_TEXTS: Partial<Record<Contract["action"], (record: string) => string>> = {
  list: (record) =>
    `The ${record} to retrieve, instead of a list; no other parameter may be given.`,
  ids: (record) => `The ${record}, by its id in this API or its number in LIO.`,
};

/** The parameters of an operation: of its query, then its headers. */
export function parametersOf(components: Components, contract: Contract): Schema[] {
  const { parameters, connectable } = contract;
  const query = Object.entries(parameters.shape).map(([name, schema]) =>
    queryParameter(components, contract, name, schema as z.ZodType)
  );
  if (connectable) {
    query.push(queryParameter(components, contract, CONNECTOR_PARAMETER, z.string().optional()));
  }
  const headers = [
    ...(connectable ? ["XConnector"] : []),
    ...(contract.action === "feed" ? ["LastEventId"] : []),
    ...(isWrittenOnce(contract) ? ["IdempotencyKey", "XIdempotencyKey"] : []),
    "XRequestId",
  ];
  return [...query, ...headers.map((name) => ref("parameters", name))];
}

function isWrittenOnce({ action }: Contract): boolean {
  return !READS.includes(action) && !["feed", "handshake", "replay"].includes(action);
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
    const description = ID_TEXTS[action]?.(resource.record) ?? `The ${resource.record}.`;
    const example = EXAMPLE_IDS[resource.record];
    return { ...parameter, description, schema, ...(example ? { example } : {}) };
  }
  const ofLog = action === "log" ? OF_LOG[name] : undefined;
  if (ofLog !== undefined) return { ...parameter, description: ofLog, schema };
  const description = TEXTS[name];
  if (description === undefined) {
    return { ...parameter, description: `Only ${words(resource.name)} with this ${name}.`, schema };
  }
  if (name === "sort_by") return { ...parameter, description, schema };
  const connectors: Record<string, string> = EXAMPLE_CONNECTORS;
  const example = name === CONNECTOR_PARAMETER
    ? connectors[resource.name]
    : EXAMPLE_PARAMETERS[name];
  if (parameter.required && example) return { ...parameter, description, schema, example };
  parameters.set(name, { ...parameter, description, schema });
  return ref("parameters", name);
}

// A query has only texts: `true` is one of a boolean's two.
function asQueryValue(schema: Schema): Schema {
  const values = schema.enum;
  if (!Array.isArray(values) || values.join() !== "true,false") return schema;
  return { type: "boolean", default: schema.default === "true" };
}
