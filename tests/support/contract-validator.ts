import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ApiResponse } from "./api-client.ts";
import type { ContractDocument, ContractOperation, Schema } from "./contract-document.ts";

// Headers of the connection and of its compression, which no API declares.
const TRANSPORT = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "transfer-encoding",
  "vary",
]);

/** Compares what the server says with what the contract says. */
export class ContractValidator {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(readonly document: ContractDocument) {
    addFormats.default(this.#ajv);
    this.#ajv.addFormat("idn-email", /^[^\s@]+@[^\s@]+\.[^\s@]+$/u);
    this.#ajv.addSchema(document.json, "contract");
  }

  /** What is wrong with a value at a schema of the document. */
  mistakes(pointer: string, value: unknown): string[] {
    const validate = this.#compiled.get(pointer) ??
      this.#ajv.compile({ $ref: `contract${pointer}` });
    this.#compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      `${instancePath || "it"} ${message} ${JSON.stringify(params)}`
    );
  }

  /** What is wrong with a request's body. */
  bodyMistakes(operation: ContractOperation, body: unknown): string[] {
    const reference = operation.body?.schema.$ref;
    if (typeof reference !== "string") throw new Error(`${operation.id} has no named body`);
    return this.mistakes(reference, body);
  }

  /** What the contract does not say of an answer: its status, a header, its shape. */
  undeclared(operation: ContractOperation, answer: ApiResponse): string[] {
    const declared = operation.responses[String(answer.status)];
    if (declared === undefined) return [`status ${answer.status} is not declared`];
    const names = new Map(Object.keys(declared.headers).map((name) => [name.toLowerCase(), name]));
    const unknown = [...answer.headers.keys()]
      .filter((name) => !names.has(name) && !TRANSPORT.has(name))
      .map((name) => `header ${name} is not declared`);
    const wrong = Object.entries(declared.headers).flatMap(([name, { required, schema }]) =>
      this.#header(name, answer.headers.get(name), required, schema)
    );
    return [...unknown, ...wrong, ...this.#content(declared, answer)];
  }

  #header(name: string, value: string | null, required: boolean, schema: Schema): string[] {
    if (value === null) return required ? [`header ${name} is missing`] : [];
    const isNumber = schema.type === "integer" && /^\d+$/.test(value);
    const validate = this.#ajv.compile(schema);
    return validate(isNumber ? Number(value) : value) ? [] : [`header ${name} is ${value}`];
  }

  #content(declared: ContractOperation["responses"][string], answer: ApiResponse): string[] {
    if (declared.content === undefined) return answer.text === "" ? [] : ["it has a body"];
    const type = answer.headers.get("content-type");
    const form = declared.others?.find((other) => type?.startsWith(`${other.type};`)) ??
      declared.content;
    const isImage = form.type.startsWith("image/");
    const isText = isImage || form.type.startsWith("text/");
    const mistakes = this.mistakes(form.pointer, isText ? answer.text : answer.body);
    return type === (isImage ? form.type : `${form.type}; charset=utf-8`)
      ? mistakes
      : [`content-type is ${type}`, ...mistakes];
  }
}
