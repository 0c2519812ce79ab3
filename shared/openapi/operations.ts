import type { z } from "zod";
import { MAX_ITEMS } from "../http/batch-result.ts";
import { BATCH_LIMIT, SINGLE_LIMIT } from "../http/body.ts";
import type { Contract, Operation } from "../http/operation.ts";
import { batchItems, batchResult } from "./batches.ts";
import { errorResponses, errorsOf } from "./errors.ts";
import { BODY_EXAMPLES, exampleAnswer } from "./examples.ts";
import { answerHeaders } from "./headers.ts";
import { parametersOf } from "./parameters.ts";
import { deleted, page, pascal, record, rehearsals, written } from "./records.ts";
import { object, ref, type Schema, type Schemas } from "./schemas.ts";

/** The components that operations share. */
export interface Components {
  schemas: Schemas;
  parameters: Map<string, Schema>;
  responses: Map<string, Schema>;
}

interface Described {
  scope: string;
  operation: Operation;
  contract: Contract;
}

/** Describes what a route that needs a scope takes and answers. */
export function describeOperation(components: Components, described: Described): Schema {
  const { scope, operation, contract } = described;
  const { schemas, responses } = components;
  const { id, summary, text } = wording(contract);
  const { bodyLimit } = operation;
  return {
    operationId: id,
    tags: [title(contract.resource.name)],
    summary,
    description: `${text}\n\nNeeds the scope \`${scope}\`. ${limitText(bodyLimit)}`.trim(),
    "x-required-scope": scope,
    security: [{ apiKey: [scope] }],
    parameters: parametersOf(components, contract),
    ...(contract.body ? { requestBody: requestBody(schemas, contract, contract.body) } : {}),
    responses: {
      ...successes(schemas, contract, id),
      ...errorResponses(schemas, responses, errorsOf(contract, bodyLimit)),
    },
  };
}

/** `companies` as `Companies`. */
export function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function wording({ action, resource, matchedBy }: Contract) {
  const { record, name } = resource;
  const [one, many] = [pascal(record), pascal(name)];
  const found = `creates ${/^[aeio]/.test(record) ? "an" : "a"} ${record}` +
    (matchedBy ? `, or updates the one with its \`${matchedBy}\`` : "");
  const wordings: Record<Contract["action"], { id: string; summary: string; text: string }> = {
    list: {
      id: `list${many}`,
      summary: `List ${name}, or retrieve one`,
      text: `With \`id\`, and nothing else, answers that ${record}; without, a page of the list.`,
    },
    create: { id: `create${one}`, summary: `Create a ${record}`, text: `${title(found)}.` },
    ingest: { id: `ingest${one}`, summary: `Ingest a ${record}`, text: `${title(found)}.` },
    update: {
      id: `update${one}`,
      summary: `Update a ${record}`,
      text: "Changes the given fields; `null` clears one, and fields that are absent stay.",
    },
    delete: {
      id: `delete${one}`,
      summary: `Delete a ${record}`,
      text: "Records that are linked to it stay, with the link cleared.",
    },
    batch: {
      id: `batch${many}`,
      summary: `Write up to ${MAX_ITEMS} ${name}`,
      text: "Writes the items in order, each with its own result. `stop_on_error` skips what " +
        "follows an item that fails; `atomic` writes all items or none. An item of another " +
        "`resource` needs that one's scope as well.",
    },
    ingestBatch: {
      id: `ingest${many}`,
      summary: `Ingest up to ${MAX_ITEMS} ${name}`,
      text: "Ingests in order, each with its own result. `stop_on_error` skips what follows one " +
        "that fails.",
    },
  };
  const { id, summary, text } = wordings[action];
  return { id, summary: summary.replace(/ a (?=[aeio])/, " an "), text };
}

function limitText(bodyLimit: number | undefined): string {
  return bodyLimit ? `The body may have ${bodyLimit / 1024} KB, unpacked.` : "";
}

function requestBody(schemas: Schemas, contract: Contract, body: z.ZodObject): Schema {
  const { id } = wording(contract);
  const schema = schemas.named(`${title(id)}Body`, () => bodySchema(schemas, contract, body));
  const examples = BODY_EXAMPLES[id];
  const limit = contract.action.toLowerCase().includes("batch") ? BATCH_LIMIT : SINGLE_LIMIT;
  return {
    description: `JSON in UTF-8, at most ${limit} bytes, unpacked; \`Content-Encoding\` may be ` +
      "gzip or deflate.",
    required: true,
    content: { "application/json": { schema, ...(examples ? { examples } : {}) } },
  };
}

function bodySchema(schemas: Schemas, contract: Contract, body: z.ZodObject): Schema {
  const schema = schemas.input(body);
  if (contract.action === "update") return { ...schema, minProperties: 1 };
  if (contract.action !== "batch") return schema;
  const { properties } = schema as { properties: Record<string, Schema> };
  const items = { ...properties.items, items: batchItems(schemas, contract.resource.name) };
  return { ...schema, properties: { ...properties, items } };
}

function successes(schemas: Schemas, contract: Contract, id: string): Record<string, Schema> {
  const answer = (description: string, ...kinds: Schema[]) => ({
    description,
    headers: answerHeaders(...contract.action === "list" ? [] : ["Idempotency-Replayed"]),
    content: {
      "application/json": {
        schema: object({
          success: { type: "boolean", const: true },
          data: kinds.length === 1 ? kinds[0] as Schema : { oneOf: kinds },
          meta: ref("schemas", "Meta"),
        }),
        ...exampleAnswer(contract, id),
      },
    },
  });
  const { action, resource, matchedBy } = contract;
  if (action === "list") {
    return {
      200: answer("The record, or a page.", record(schemas, resource), page(schemas, resource)),
    };
  }
  if (action === "batch" || action === "ingestBatch") {
    const result = batchResult(schemas);
    return {
      200: answer("In a dry run: what would become of each item.", result),
      201: answer("Every item was written.", result),
      207: answer("Some items were written; `results` says what became of each.", result),
    };
  }
  const dryRun = rehearsals(schemas, contract);
  if (action === "delete") {
    return { 200: answer("It was deleted; in a dry run, would be.", deleted(schemas), ...dryRun) };
  }
  const stored = written(schemas, contract);
  if (action === "update") return { 200: answer("The record, or a dry run.", stored, ...dryRun) };
  return {
    200: matchedBy
      ? answer("The record that was updated, or a dry run.", stored, ...dryRun)
      : answer("In a dry run: what would be created.", ...dryRun),
    201: answer("The record that was created.", stored),
  };
}
