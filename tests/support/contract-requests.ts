import type { ContractOperation, Parameter } from "./contract-document.ts";
import type { ContractValidator } from "./contract-validator.ts";
import { broken, type ValueMaker } from "./contract-values.ts";

/** A request made from the contract. */
export interface ContractRequest {
  method: string;
  path: string;
  body?: unknown;
  headers: Record<string, string>;
  /** Whether the contract allows it; null where only the server can tell. */
  valid: boolean | null;
}

// A body through a connector is whatever the connector takes; those are sent elsewhere.
const CONNECTOR = new Set(["connector", "X-Connector"]);
const INVALID_KEY = "ungültig";

/** A body as the guide says to read it: blank text in an optional field is absent. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => typeof one !== "string" || one.trim() !== "")
      .map(([key, one]) => [key, withoutBlanks(one)]),
  );
}

/** Makes requests for one operation: most as the contract has them, others broken somewhere. */
export class RequestMaker {
  readonly #used = new Set<string>();

  constructor(
    readonly operation: ContractOperation,
    readonly values: ValueMaker,
    readonly validator: ContractValidator,
    /** Ids of the records that the operation works on. */
    readonly ids: readonly string[],
  ) {}

  /** The next request. */
  next(): ContractRequest {
    const { values, operation } = this;
    const query = this.#query();
    const bodyValid = values.chance(0.6);
    const body = operation.body && this.#body(bodyValid);
    const bad = values.chance(0.15);
    if (bad) this.#spoil(query);
    const headers = this.#headers();
    // What a replay finds wrong is in the delivery.
    const kept = operation.id === "replayConnectorDelivery";
    const odd = bad || kept || query.has("cursor") || headers["Idempotency-Key"] === INVALID_KEY;
    const text = query.toString();
    return {
      method: operation.method,
      path: operation.path + (text === "" ? "" : `?${text}`),
      ...(operation.body ? { body } : {}),
      headers,
      valid: odd ? null : this.#allows(body),
    };
  }

  #allows(body: unknown): boolean {
    const { operation, validator } = this;
    return !operation.body || validator.bodyMistakes(operation, withoutBlanks(body)).length === 0;
  }

  #query(): URLSearchParams {
    const { operation, values } = this;
    const given = operation.parameters.filter((one) => one.in === "query");
    const id = given.find(({ name }) => name === "id");
    if (id !== undefined && (id.required || values.chance(0.4))) {
      const dryRun = given.filter(({ name }) => name === "dry_run" && values.chance(0.3));
      return this.#parameters([id, ...dryRun]);
    }
    const optional = given.filter(({ name, required }) =>
      required || name !== "id" && !CONNECTOR.has(name) && values.chance(0.3)
    );
    const paged = optional.some(({ name }) => name === "page");
    return this.#parameters(optional.filter(({ name }) => !paged || name !== "cursor"));
  }

  #parameters(parameters: readonly Parameter[]): URLSearchParams {
    return new URLSearchParams(
      parameters.map(({ name, schema }) => [name, String(this.#parameter(name, schema))]),
    );
  }

  #parameter(name: string, schema: Parameter["schema"]): unknown {
    const { values, ids, operation } = this;
    if (name !== "id") return values.value(schema, name);
    if (!values.chance(0.85)) return values.value(schema);
    const left = ids.filter((id) => !this.#used.has(id));
    const id = values.one(left.length > 0 ? left : ids);
    if (operation.method === "DELETE") this.#used.add(id);
    return id;
  }

  #spoil(query: URLSearchParams): void {
    const { values } = this;
    const [name, value] = values.one(
      [
        ["sort_byy", "x"],
        ["dry_run", "maybe"],
        ["page", "0"],
        ["per_page", "101"],
        ["id", "not-a-uuid"],
        ["cursor", "bm90IGEgY3Vyc29y"],
        ["sort_by", "secret"],
        ["search", "a\0b"],
      ] as const,
    );
    if (values.chance(0.5)) query.append(name, value);
    else query.set(name, value);
  }

  #body(valid: boolean): unknown {
    const schema = this.operation.body?.schema ?? {};
    for (let tries = 0; tries < 200; tries++) {
      const body = this.values.value(schema);
      if (this.#allows(body)) return valid ? body : broken(this.values, body);
    }
    throw new Error(`no body for ${this.operation.id} could be made`);
  }

  #headers(): Record<string, string> {
    const { operation, values } = this;
    const given = operation.parameters.filter((one) =>
      one.in === "header" && !CONNECTOR.has(one.name) && values.chance(0.1)
    );
    const headers = Object.fromEntries(
      given.map(({ name, schema }) => [name, String(values.value(schema))]),
    );
    const isReused = "Idempotency-Key" in headers || "X-Idempotency-Key" in headers;
    if (isReused) delete headers["X-Idempotency-Key"];
    if (!isReused && values.chance(0.05)) headers["Idempotency-Key"] = INVALID_KEY;
    return headers;
  }
}
