import { inject } from "vitest";

/** A JSON Schema of the contract. */
export type Schema = Record<string, unknown>;

/** A parameter of an operation, its reference resolved. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  example?: string | number;
  schema: Schema;
}

/** One operation of the contract, its references to parameters and answers resolved. */
export interface ContractOperation {
  id: string;
  summary: string;
  method: string;
  /** The path after /functions/v1/, its parameters as `{id}`. */
  path: string;
  scope: string | null;
  resource: string;
  parameters: Parameter[];
  body?: { schema: Schema; examples: unknown[] };
  /** Examples of urlencoded forms that it takes through a connector. */
  forms: Record<string, string>[];
  responses: Record<string, ContractResponse>;
}

/** A body in one media type. */
interface ContractForm {
  type: string;
  pointer: string;
  schema: Schema;
  examples: unknown[];
}

/** An answer as the contract declares it. */
export interface ContractResponse {
  headers: Record<string, { required: boolean; schema: Schema }>;
  /** Where the body's schema stands in the document; without it there is no body. */
  content?: ContractForm;
  /** The same in other media types. */
  others?: readonly ContractForm[];
}

const known = new Map<string, Promise<ContractDocument>>();

/** The contract as the gateway publishes it. */
export class ContractDocument {
  #operations: ContractOperation[] | undefined;

  constructor(readonly json: Schema) {}

  /** The one at a path, once a worker: what is published changes no more. */
  static fetched(path = "v1-public-openapi"): Promise<ContractDocument> {
    const document = known.get(path) ?? fetchedAt(path);
    known.set(path, document);
    // The next file may have more luck.
    document.catch(() => known.delete(path));
    return document;
  }

  /** What a reference names; anything else as it is. */
  resolved<T = Schema>(value: unknown): T {
    const reference = (value as { $ref?: unknown }).$ref;
    return typeof reference === "string" ? this.at<T>(reference) : value as T;
  }

  /** What stands at a JSON pointer such as `#/paths/~1v1-public-deals`. */
  at<T = Schema>(pointer: string): T {
    const names = pointer.slice(2).split("/").map((name) =>
      name.replaceAll("~1", "/").replaceAll("~0", "~")
    );
    const found = names.reduce<unknown>((value, name) => (value as Schema)?.[name], this.json);
    if (found === undefined) throw new Error(`nothing is at ${pointer}`);
    return found as T;
  }

  /** Every operation, in the document's order. */
  operations(): ContractOperation[] {
    const paths = this.json.paths as Record<string, Record<string, Schema>>;
    return this.#operations ??= Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.#operation(path, method, operation))
    );
  }

  #operation(path: string, method: string, operation: Schema): ContractOperation {
    const pointer = `#/paths/${path.replaceAll("/", "~1")}/${method}`;
    const { content } = (operation.requestBody ?? {}) as { content?: Record<string, Schema> };
    // Where there is no JSON, suites send what stands for a form.
    const json = content?.["application/json"] ?? content?.["multipart/form-data"];
    return {
      id: String(operation.operationId),
      summary: String(operation.summary),
      method: method.toUpperCase(),
      path: path.slice(1),
      scope: operation["x-required-scope"] as string | undefined ?? null,
      resource: String((operation.tags as string[])[0]).toLowerCase().replaceAll(" ", "_"),
      parameters: (operation.parameters as unknown[]).map((one) => this.resolved<Parameter>(one)),
      ...(json ? { body: { schema: json.schema as Schema, examples: examplesOf(json) } } : {}),
      forms: examplesOf(content?.["application/x-www-form-urlencoded"] ?? {}) as never,
      responses: this.#responses(pointer, operation.responses as Record<string, Schema>),
    };
  }

  #responses(pointer: string, given: Record<string, Schema>): Record<string, ContractResponse> {
    return Object.fromEntries(
      Object.entries(given).map(([status, one]) => {
        const at = typeof one.$ref === "string" ? one.$ref : `${pointer}/responses/${status}`;
        return [status, this.response(at)];
      }),
    );
  }

  /** The answer that stands at a pointer. */
  response(pointer: string): ContractResponse {
    const { headers = {}, content } = this.at<{
      headers?: Record<string, unknown>;
      content?: Record<string, Schema>;
    }>(pointer);
    const [form, ...others] = Object.entries(content ?? {}).map(([type, given]) => ({
      type,
      pointer: `${pointer}/content/${type.replace("/", "~1")}/schema`,
      schema: given.schema as Schema,
      examples: examplesOf(given),
    }));
    return {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, one]) => [name, this.resolved(one)]),
      ),
      ...(form ? { content: form, others } : {}),
    };
  }
}

/** The kinds that a schema lets choose from, their references resolved; else itself. */
export function alternatives(
  document: ContractDocument,
  schema: Schema,
): { properties?: Record<string, unknown> }[] {
  const { anyOf = [schema] } = schema as { anyOf?: unknown[] };
  return anyOf.map((one) => document.resolved(one));
}

/** The fields of a body, whichever of several kinds it is of. */
export function propertiesOf(document: ContractDocument, given: unknown): Record<string, unknown> {
  const schema = document.resolved<Schema>(given);
  const parts = [schema.allOf, schema.oneOf, schema.anyOf].flat().filter(Boolean);
  return Object.assign(
    {},
    ...parts.map((part) => propertiesOf(document, part)),
    schema.properties ?? {},
  );
}

function examplesOf({ example, examples = {} }: Schema): unknown[] {
  const named = Object.values(examples as Record<string, { value: unknown }>);
  return [...(example === undefined ? [] : [example]), ...named.map(({ value }) => value)];
}

async function fetchedAt(path: string): Promise<ContractDocument> {
  const response = await fetch(`${inject("gatewayUrl")}/functions/v1/${path}`);
  if (response.status !== 200) throw new Error(`no contract: ${await response.text()}`);
  return new ContractDocument(await response.json() as Schema);
}
