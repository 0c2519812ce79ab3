import * as z from "zod";
import type { BodyRule } from "../../http/body.ts";
import type { Operation } from "../../http/operation.ts";
import type { Kind } from "../../refusals/refusal.ts";
import type { Contract } from "../contract.ts";
import type { Components } from "../document.ts";
import type { Schema, Schemas } from "../schemas.ts";
import { parametersOf } from "./parameters.ts";
import type { Words } from "./words.ts";

/** A route that describes itself. */
export interface Described {
  path: string;
  /** Null for who needs none, nor a key. */
  scope: string | null;
  tag: string;
  operation: Pick<Operation, "kind" | "body"> & { contract: Contract };
}

/** Describes what a route takes and answers. */
export function describeOperation(
  words: Words,
  components: Components,
  described: Described,
): Schema {
  const { path, scope, tag, operation: { kind, contract, body } } = described;
  const isPublic = scope === null;
  return {
    operationId: contract.id,
    tags: [tag],
    summary: contract.summary,
    description: isPublic ? "Needs no key." : `Needs the scope \`${scope}\`.`,
    ...(isPublic ? {} : { "x-required-scope": scope }),
    security: [
      ...(isPublic ? [] : words.security?.(scope) ?? [{ apiKey: [scope] }]),
      ...(contract.orToken ? [{ formToken: [] }] : []),
    ],
    parameters: parametersOf(words, components, {
      path,
      isPublic,
      isWrite: kind === "write",
      contract,
    }),
    ...(contract.body && body
      ? { requestBody: requestBody(words, components.schemas, contract, body) }
      : {}),
    responses: {
      ...successesOf(words, components.schemas, described),
      ...words.errors(components, refusalsOf(described)),
    },
  };
}

const MULTIPART = "multipart/form-data";
const FORM_TYPES = ["application/x-www-form-urlencoded", MULTIPART];

// A PUT changes what is given, as a PATCH does.
function nameOf({ id }: Contract): string {
  const name = id.replace(/^replace/, "update");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function requestBody(
  { bodyExamples }: Words,
  schemas: Schemas,
  contract: Contract,
  { limit, accepts }: BodyRule,
): Schema {
  const { body, form } = contract;
  if (body === undefined) return {};
  const name = nameOf(contract);
  const example = bodyExamples[name];
  const schema = schemas.named(`${name}Body`, () => schemas.input(body));
  const all = ["application/json", ...contract.forms === true ? FORM_TYPES : [MULTIPART]];
  const [first = "", ...others] = all.filter((type) => accepts(type));
  return {
    description: `${sizes(contract, { first, others, limit })}, unpacked; ` +
      "`Content-Encoding` may be gzip or deflate.",
    required: !accepts(""),
    content: {
      [first]: { schema, ...(example === undefined ? {} : { example }) },
      ...Object.fromEntries(contract.forms ? others.map((type) => [type, { schema }]) : []),
      ...(form
        ? {
          [MULTIPART]: { schema: schemas.named(`${name}Form`, () => schemas.input(form.schema)) },
        }
        : {}),
    },
  };
}

function sizes(
  { form }: Contract,
  { first, others, limit }: { first: string; others: readonly string[]; limit: number },
): string {
  if (form) return `JSON in UTF-8, at most ${limit} bytes, or a form, at most ${form.limit} bytes`;
  const formats = [first === MULTIPART ? "A form" : "JSON", ...others.length > 0 ? ["a form"] : []];
  return `${formats.join(" or ")} in UTF-8, at most ${limit} bytes`;
}

function successesOf(
  { headers: sets, answerExample }: Words,
  schemas: Schemas,
  { operation: { kind, contract: { answers, summary } } }: Described,
): Record<string, Schema> {
  const headers = sets.of(...kind === "write" ? ["Idempotency-Replayed" as const] : []);
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      if (status === "302" || status === "303") return [status, elsewhere(headers)];
      if (schema === null) return [status, { description: `Done: ${summary}.`, headers }];
      const content = Object.fromEntries(
        formsOf(schema).map((form) => {
          const example = answerExample(form);
          const shown = example === undefined ? {} : { example };
          return [mediaOf(form), { schema: schemas.output(form), ...shown }];
        }),
      );
      const description = status === "201" ? "The record that was made." : "The answer.";
      const all = {
        ...headers,
        ...("text/html" in content ? sets.ofPage() : {}),
        ...("text/csv" in content ? sets.ofFile(Object.keys(content).length === 1) : {}),
      };
      return [status, { description, headers: all, content }];
    }),
  );
}

function mediaOf(schema: z.core.$ZodType): string {
  const type = z.globalRegistry.get(schema)?.contentMediaType;
  return typeof type === "string" ? type : "application/json";
}

/** An answer in each of its media types; one in JSON alone is one form, however many kinds it is of. */
function formsOf(schema: z.ZodType): readonly z.ZodType[] {
  const options = schema instanceof z.ZodUnion ? schema.options as readonly z.ZodType[] : [];
  return options.some((option) => mediaOf(option) !== "application/json") ? options : [schema];
}

function elsewhere(headers: Schema): Schema {
  const schema: Schema = { type: "string", format: "uri" };
  return {
    description: "Done; the browser goes on at this address.",
    headers: { ...headers, Location: { description: "Where to go on.", required: true, schema } },
  };
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
