import type { z } from "zod";
import { BATCH_LIMIT, SINGLE_LIMIT } from "../http/body.ts";
import type { Contract, Operation } from "../http/operation.ts";
import { batchItems, batchResult } from "./batches.ts";
import { errorResponses, errorsOf } from "./errors.ts";
import { title, type Wording, WORDINGS } from "./wordings.ts";
import { BODY_EXAMPLES, exampleAnswer } from "./examples.ts";
import { answerHeaders } from "./headers.ts";
import { parametersOf } from "./parameters.ts";
import { deleted, page, record, rehearsals, written } from "./records.ts";
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

function wording(contract: Contract): Wording {
  const { id, summary, text } = WORDINGS[contract.action](contract);
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
    content: { "application/json": { schema: success(kinds), ...exampleAnswer(contract, id) } },
  });
  const { action, resource, matchedBy } = contract;
  if (action === "list") {
    const kinds = [record(schemas, resource), page(schemas, resource)];
    return { 200: answer("The record, or a page.", ...kinds) };
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

function success(kinds: readonly Schema[]): Schema {
  return object({
    success: { type: "boolean", const: true },
    data: kinds.length === 1 ? kinds[0] as Schema : { oneOf: kinds },
    meta: ref("schemas", "Meta"),
  });
}
