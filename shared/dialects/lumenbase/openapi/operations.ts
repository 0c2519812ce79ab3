import type * as z from "zod";
import { BATCH_LIMIT, SINGLE_LIMIT } from "../../../http/body.ts";
import type { Contract, LumenbaseOperation } from "../contract.ts";
import { successesOf } from "./answers.ts";
import { batchItems } from "./batches.ts";
import { connectorBody } from "./connectors.ts";
import { errorResponses, errorsOf } from "./errors.ts";
import { BODY_EXAMPLES, FORM_EXAMPLES } from "./examples.ts";
import { parametersOf } from "./parameters.ts";
import type { Components } from "../../../openapi/document.ts";
import type { Schema, Schemas } from "../../../openapi/schemas.ts";
import { throughConnector, title, type Wording, WORDINGS } from "./wordings.ts";

interface Described {
  scope: string;
  operation: LumenbaseOperation & { contract: Contract };
}

/** Describes what a route that needs a scope takes and answers. */
export function describeOperation(components: Components, described: Described): Schema {
  const { scope, operation: { contract, body } } = described;
  const { schemas, responses } = components;
  const { id, summary, text } = wording(contract);
  const bodyLimit = body?.limit;
  return {
    operationId: id,
    tags: [title(contract.resource.name)],
    summary,
    description: `${text}\n\n${needs(scope, contract)} ${limitText(bodyLimit, contract)}`.trim(),
    "x-required-scope": scope,
    security: [
      { apiKey: [scope] },
      { userToken: [scope] },
      ...(takesToken(contract) ? [{ connectorToken: [] }] : []),
    ],
    parameters: parametersOf(components, contract),
    ...(contract.body ? { requestBody: requestBody(schemas, contract, contract.body) } : {}),
    responses: {
      ...successesOf(schemas, contract, id),
      ...errorResponses(schemas, responses, errorsOf(contract, bodyLimit)),
    },
  };
}

function wording(contract: Contract): Wording {
  const { id, summary, text } = WORDINGS[contract.action](contract);
  return {
    id,
    summary: summary.replace(/ a (?=[aeio])/, " an "),
    text: text + throughConnector(contract),
  };
}

function takesToken({ action, connectable }: Contract): boolean {
  return connectable === true || action === "handshake";
}

function needs(scope: string, contract: Contract): string {
  const orToken = takesToken(contract) ? ", or a connector token as `connector`" : "";
  return `Needs the scope \`${scope}\`${orToken}.`;
}

function limitText(bodyLimit: number | undefined, { connectable }: Contract): string {
  if (bodyLimit === undefined) return "";
  const through = connectable ? `, through a connector ${BATCH_LIMIT / 1024} KB` : "";
  return `The body may have ${bodyLimit / 1024} KB${through}, unpacked.`;
}

function requestBody(schemas: Schemas, contract: Contract, body: z.ZodObject): Schema {
  const { id } = wording(contract);
  const schema = schemas.named(`${title(id)}Body`, () => bodySchema(schemas, contract, body));
  const examples = BODY_EXAMPLES[id];
  const limit = contract.action.toLowerCase().includes("batch") ? BATCH_LIMIT : SINGLE_LIMIT;
  return {
    description: `JSON in UTF-8, at most ${limit} bytes, unpacked; \`Content-Encoding\` may be ` +
      `gzip or deflate.${contract.connectable ? THROUGH_CONNECTOR : ""}`,
    required: true,
    content: {
      "application/json": { schema, ...(examples ? { examples } : {}) },
      ...(contract.connectable ? forms(id) : {}),
    },
  };
}

// The schema says what is taken without a connector: one that allowed anything would tell a typed
// client nothing, and a reader no more than this sentence.
const THROUGH_CONNECTOR = " Through a connector instead what its sender sends, at most " +
  `${BATCH_LIMIT} bytes: any JSON object or array, also of another form than the schema here, or ` +
  "a form.";

function forms(id: string): Record<string, Schema> {
  const examples = FORM_EXAMPLES[id];
  const schema = {
    description: "The fields of any form. Only through a connector.",
    type: "object",
    additionalProperties: true,
  };
  return {
    "application/x-www-form-urlencoded": { schema, ...(examples ? { examples } : {}) },
    "multipart/form-data": { schema },
  };
}

function bodySchema(schemas: Schemas, contract: Contract, body: z.ZodObject): Schema {
  const schema = schemas.input(body);
  if ("field_map" in body.shape) connectorBody(schemas, schema);
  if (contract.action === "update") return { ...schema, minProperties: 1 };
  if (contract.action !== "batch") return schema;
  const { properties } = schema as { properties: Record<string, Schema> };
  const items = { ...properties.items, items: batchItems(schemas, contract.resource.name) };
  return { ...schema, properties: { ...properties, items } };
}
