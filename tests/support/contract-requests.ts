import type { ContractOperation, Parameter } from "./contract-document.ts";
import type { Target } from "./dialects/dialect.ts";
import { pathOf } from "./operation-requests.ts";
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

/** A body as a record is read: blank text in an optional field is absent. */
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
  readonly #used = new Set<Target>();

  constructor(
    readonly operation: ContractOperation,
    readonly values: ValueMaker,
    readonly validator: ContractValidator,
    /** The records that the operation works on. */
    readonly targets: readonly Target[],
  ) {}

  /** The next request. */
  next(): ContractRequest {
    const { values, operation } = this;
    const target = this.#target();
    const query = this.#query(target);
    const bodyValid = values.chance(0.6);
    const body = operation.body && this.#body(bodyValid);
    const bad = values.chance(0.15);
    if (bad) this.#spoil(query);
    const headers = this.#headers();
    // What a replay finds wrong is in the delivery.
    const kept = operation.resource === "connector_deliveries" && operation.method === "POST";
    const odd = bad || kept || query.has("cursor") || headers["Idempotency-Key"] === INVALID_KEY;
    const text = query.toString();
    const path = pathOf(operation, target).split("?")[0] ?? "";
    return {
      method: operation.method,
      path: path + (text === "" ? "" : `?${text}`),
      ...(operation.body ? { body } : {}),
      headers,
      valid: odd ? null : this.#judged(body),
    };
  }

  #allows(body: unknown): boolean {
    const { operation, validator } = this;
    return !operation.body || validator.bodyMistakes(operation, body).length === 0;
  }

  // Whether a field that is blank is one of a record, and so absent, no schema says.
  #judged(body: unknown): boolean | null {
    const allowed = this.#allows(body);
    return allowed === this.#allows(withoutBlanks(body)) ? allowed : null;
  }

  // Most often a record that is there, each of which is deleted once.
  #target(): Target {
    const { values, targets, operation } = this;
    const left = targets.filter((target) => !this.#used.has(target));
    const target = values.one(left.length > 0 ? left : targets) ?? {};
    if (operation.method === "DELETE") this.#used.add(target);
    const named = operation.parameters.filter((one) => one.in === "path" || one.name === "id");
    return Object.fromEntries(named.map(({ name, schema }) => [
      name,
      values.chance(0.85) && name in target ? target[name]! : String(values.value(schema)),
    ]));
  }

  #query({ id: named = "" }: Target): URLSearchParams {
    const { operation, values } = this;
    const given = operation.parameters.filter((one) => one.in === "query");
    const id = given.find(({ name }) => name === "id");
    if (id !== undefined && (id.required || values.chance(0.4))) {
      const dryRun = given.filter(({ name }) => name === "dry_run" && values.chance(0.3));
      return this.#parameters([id, ...dryRun], named);
    }
    const optional = given.filter(({ name, required }) =>
      required || name !== "id" && !CONNECTOR.has(name) && values.chance(0.3)
    );
    const paged = optional.some(({ name }) => name === "page");
    return this.#parameters(optional.filter(({ name }) => !paged || name !== "cursor"), named);
  }

  #parameters(parameters: readonly Parameter[], id: string): URLSearchParams {
    const value = ({ name, schema }: Parameter) =>
      name === "id" ? id : String(this.values.value(schema, name));
    return new URLSearchParams(parameters.map((one) => [one.name, value(one)]));
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
