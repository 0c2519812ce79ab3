import type { ApiResponse } from "../support/api-client.ts";
import type { ContractDocument, ContractOperation, Schema } from "../support/contract-document.ts";
import type { Target, TestDialect } from "../support/dialects/dialect.ts";
import { idsAmong, kindOf, pathOf, pathParameters } from "../support/operation-requests.ts";

/** Where in an operation's requests an id can stand. */
export interface IdPlace {
  operation: ContractOperation;
  /** As in `query id` or `body items.0.data.company_id`. */
  where: string;
  /** The kind of record whose id it is, such as `leads`. */
  kind: string;
  /** The request with this id there, of an own record. */
  request(id: string, own: Target): {
    path: string;
    body?: unknown;
    headers: Record<string, string>;
  };
}

const LINKS = /(^|_)id$|_to$|^(?!entity)[a-z]+Id$|^connector$|^X-Connector$/;

/** Every place of every operation that takes the id of a record. */
export function idPlaces(dialect: TestDialect, document: ContractDocument): IdPlace[] {
  return document.operations().filter(({ scope }) => scope !== null)
    .flatMap((operation) =>
      pathPlaces(dialect, operation).concat(
        parameterPlaces(dialect, operation),
        bodyPlaces(dialect, document, operation),
      )
    );
}

function bodyOf(dialect: TestDialect, operation: ContractOperation): { body?: unknown } {
  return operation.body ? { body: dialect.goodBody(operation) } : {};
}

function pathPlaces(dialect: TestDialect, operation: ContractOperation): IdPlace[] {
  return idsAmong(pathParameters(operation)).map((name) => ({
    operation,
    where: `path ${name}`,
    kind: kindOf(operation, name),
    request: (id, own) => ({
      path: pathOf(operation, { ...own, [name]: id }),
      ...bodyOf(dialect, operation),
      headers: {},
    }),
  }));
}

function parameterPlaces(dialect: TestDialect, operation: ContractOperation): IdPlace[] {
  return operation.parameters.filter((one) => one.in !== "path" && LINKS.test(one.name))
    .map((parameter) => ({
      operation,
      where: `${parameter.in} ${parameter.name}`,
      // Where records go that move is one of those that are deleted.
      kind: kindOf(operation, parameter.name.replace(/^move_to$/, lastName(operation))),
      request: (id, own) => {
        const inQuery = parameter.in === "query";
        return {
          path: pathOf(operation, own, inQuery ? { [parameter.name]: id } : {}),
          ...bodyOf(dialect, operation),
          headers: inQuery ? {} : { [parameter.name]: id },
        };
      },
    }));
}

function lastName(operation: ContractOperation): string {
  return pathParameters(operation).at(-1) ?? "id";
}

function bodyPlaces(
  dialect: TestDialect,
  document: ContractDocument,
  operation: ContractOperation,
): IdPlace[] {
  if (!operation.body) return [];
  const places = [...pathsToIds(dialect, document, operation.body.schema)];
  return places.map((path) => ({
    operation,
    where: `body ${path.join(".")}`,
    kind: kindOf(operation, String(path.at(-1))),
    request: (id, own) => {
      const body = structuredClone(dialect.goodBody(operation)) as Schema;
      put(body, path, dialect.idValue(id));
      return { path: pathOf(operation, own), body, headers: {} };
    },
  }));
}

function* pathsToIds(
  dialect: TestDialect,
  document: ContractDocument,
  given: unknown,
  path: (string | number)[] = [],
  depth = 0,
): Generator<(string | number)[]> {
  if (depth > 8) return;
  const schema = document.resolved<Schema>(given);
  const deeper = (one: unknown, at: (string | number)[]) =>
    pathsToIds(dialect, document, one, at, depth + 1);
  for (const list of [schema.allOf, schema.anyOf, schema.oneOf]) {
    for (const one of (list ?? []) as unknown[]) yield* deeper(one, path);
  }
  if (schema.items) yield* deeper(schema.items, [...path, 0]);
  for (const [name, one] of Object.entries((schema.properties ?? {}) as Schema)) {
    const found = document.resolved<Schema>(one);
    if (dialect.isId(document, name, found)) yield [...path, name];
    else yield* deeper(one, [...path, name]);
  }
}

function put(body: Schema, path: readonly (string | number)[], value: unknown): void {
  let place: Record<string | number, unknown> = body;
  for (const name of path.slice(0, -1)) {
    place[name] ??= {};
    place = place[name] as Schema;
  }
  place[path.at(-1)!] = value;
}

/** What an answer says, without what differs between any two of them. */
export function saidBy(dialect: TestDialect, { status, text }: ApiResponse, id: string): string {
  return `${status} ${dialect.timeless(text, id)}`;
}
