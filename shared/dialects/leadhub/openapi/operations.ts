import * as z from "zod";
import type { BodyRule } from "../../../http/body.ts";
import type { Components } from "../../../openapi/document.ts";
import type { Schema, Schemas } from "../../../openapi/schemas.ts";
import type { Kind } from "../../../refusals/refusal.ts";
import type { Contract, LeadHubOperation } from "../contract.ts";
import { errorResponses } from "./errors.ts";
import { ANSWER_EXAMPLES, BODY_EXAMPLES } from "./examples.ts";
import { HEADERS } from "./headers.ts";
import { parametersOf } from "./parameters.ts";

/** A route that describes itself. */
export interface Described {
  path: string;
  /** Null for who needs none, nor a key. */
  scope: string | null;
  tag: string;
  operation: LeadHubOperation & { contract: Contract };
}

/** Describes what a route takes and answers. */
export function describeOperation(components: Components, described: Described): Schema {
  const { path, scope, tag, operation } = described;
  const { contract, body } = operation;
  const needs = scope === null ? "Needs no key." : `Needs the scope \`${scope}\`.`;
  return {
    operationId: contract.id,
    tags: [tag],
    summary: contract.summary,
    description: needs,
    ...(scope === null ? {} : { "x-required-scope": scope }),
    security: [
      ...(scope === null ? [] : [{ apiKey: [scope] }]),
      ...(contract.orToken ? [{ formToken: [] }] : []),
    ],
    parameters: parametersOf(components, path, operation),
    ...(contract.body && body
      ? { requestBody: requestBody(components.schemas, contract, body) }
      : {}),
    responses: {
      ...successesOf(components.schemas, operation),
      ...errorResponses(components, refusalsOf(described)),
    },
  };
}

const FORM_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data"];

// A PUT changes what is given, as a PATCH does.
function nameOf({ id }: Contract): string {
  const name = id.replace(/^replace/, "update");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function requestBody(schemas: Schemas, contract: Contract, { limit }: BodyRule): Schema {
  const { body } = contract;
  if (body === undefined) return {};
  const name = nameOf(contract);
  const example = BODY_EXAMPLES[name];
  const schema = schemas.named(`${name}Body`, () => schemas.input(body));
  const [formats, forms] = contract.forms ? ["JSON or a form", FORM_TYPES] : ["JSON", []];
  return {
    description:
      `${formats} in UTF-8, at most ${limit} bytes, unpacked; \`Content-Encoding\` may be ` +
      "gzip or deflate.",
    required: true,
    content: {
      "application/json": { schema, ...(example === undefined ? {} : { example }) },
      ...Object.fromEntries(forms.map((type) => [type, { schema }])),
    },
  };
}

function successesOf(schemas: Schemas, operation: Described["operation"]): Record<string, Schema> {
  const { kind, contract: { answers, summary } } = operation;
  const headers = HEADERS.of(...kind === "write" ? ["Idempotency-Replayed" as const] : []);
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      if (status === "303") return [status, elsewhere(headers)];
      if (schema === null) return [status, { description: `Done: ${summary}.`, headers }];
      const content = { schema: schemas.output(schema), ...exampleOf(schema) };
      const description = status === "201" ? "The record that was made." : "The answer.";
      return [status, { description, headers, content: { "application/json": content } }];
    }),
  );
}

function elsewhere(headers: Schema): Schema {
  const schema: Schema = { type: "string", format: "uri" };
  return {
    description: "Done; the browser goes on at this address.",
    headers: { ...headers, Location: { description: "Where to go on.", required: true, schema } },
  };
}

// Of an answer that is one record.
function exampleOf(schema: z.ZodType): { example?: unknown } {
  const data: unknown = schema instanceof z.ZodObject ? schema.shape.data : undefined;
  const name = data instanceof z.ZodType ? z.globalRegistry.get(data)?.id : undefined;
  const example = name === undefined ? undefined : ANSWER_EXAMPLES[name];
  return example === undefined ? {} : { example: { data: example } };
}

function refusalsOf({ path, scope, operation: { kind, contract, body } }: Described): Kind[] {
  const isPublic = scope === null;
  return [
    ...(isPublic ? [] : ["unauthenticated" as const, "forbidden" as const]),
    ...(path.includes(":") ? ["not_found" as const] : []),
    "method_not_allowed",
    ...(kind === "write" ? ["key_reused" as const] : []),
    ...(body ? ["too_large" as const, "unsupported_type" as const] : []),
    "invalid",
    ...(isPublic ? [] : ["limited" as const]),
    "failed",
    ...(isPublic ? [] : ["unavailable" as const]),
    ...(contract.refusals ?? []),
  ];
}
