import { randomUUID } from "node:crypto";
import type { ApiResponse } from "../support/api-client.ts";
import type { ContractDocument, ContractOperation, Schema } from "../support/contract-document.ts";
import { goodBody } from "../support/contract-world.ts";

/** Where in an operation's requests an id can stand. */
export interface IdPlace {
  operation: ContractOperation;
  /** As in `query id` or `body items.0.data.company_id`. */
  where: string;
  /** The request with this id there. */
  request(id: string): { path: string; body?: unknown; headers: Record<string, string> };
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const LINKS = /(^|_)(id|to)$|^connector$|^X-Connector$/;

/** Every place of every operation that takes the id of a record. */
export function idPlaces(document: ContractDocument): IdPlace[] {
  return document.operations().filter(({ scope }) => scope !== null)
    .flatMap((operation) => parameterPlaces(operation).concat(bodyPlaces(document, operation)));
}

function parameterPlaces(operation: ContractOperation): IdPlace[] {
  const body = operation.body && goodBody(operation);
  return operation.parameters.filter(({ name }) => LINKS.test(name)).map((parameter) => ({
    operation,
    where: `${parameter.in} ${parameter.name}`,
    request: (id) => {
      const inQuery = parameter.in === "query";
      return {
        path: withQuery(operation, inQuery ? { [parameter.name]: id } : {}),
        ...(body === undefined ? {} : { body }),
        headers: inQuery ? {} : { [parameter.name]: id },
      };
    },
  }));
}

function bodyPlaces(document: ContractDocument, operation: ContractOperation): IdPlace[] {
  if (!operation.body) return [];
  const places = [...pathsToIds(document, operation.body.schema, [], 0)];
  return places.map((path) => ({
    operation,
    where: `body ${path.join(".")}`,
    request: (id) => {
      const body = structuredClone(goodBody(operation)) as Schema;
      put(body, path, id);
      return { path: withQuery(operation, {}), body, headers: {} };
    },
  }));
}

/** The operation's path, with an own record's id where one is needed and none is given. */
function withQuery(operation: ContractOperation, given: Record<string, string>): string {
  const needed = operation.parameters.filter((one) => one.in === "query" && one.required);
  const query = new URLSearchParams(
    needed.map(({ name, example }) => [name, name === "id" ? "OWN" : example ?? ""]),
  );
  for (const [name, value] of Object.entries(given)) query.set(name, value);
  return query.size === 0 ? operation.path : `${operation.path}?${query}`;
}

function* pathsToIds(
  document: ContractDocument,
  given: unknown,
  path: (string | number)[],
  depth: number,
): Generator<(string | number)[]> {
  if (depth > 8) return;
  const schema = document.resolved<Schema>(given);
  for (const list of [schema.allOf, schema.anyOf, schema.oneOf]) {
    for (const one of (list ?? []) as unknown[]) yield* pathsToIds(document, one, path, depth + 1);
  }
  if (schema.items) yield* pathsToIds(document, schema.items, [...path, 0], depth + 1);
  for (const [name, one] of Object.entries((schema.properties ?? {}) as Schema)) {
    const found = document.resolved<Schema>(one);
    if (isId(document, found)) yield [...path, name];
    else yield* pathsToIds(document, one, [...path, name], depth + 1);
  }
}

function isId(document: ContractDocument, schema: Schema): boolean {
  if (schema.format === "uuid") return true;
  const choices = [schema.anyOf, schema.oneOf, schema.allOf].flat() as unknown[];
  return choices.some((one) => one && isId(document, document.resolved<Schema>(one)));
}

function put(body: Schema, path: readonly (string | number)[], value: string): void {
  let place: Record<string | number, unknown> = body;
  for (const name of path.slice(0, -1)) {
    place[name] ??= {};
    place = place[name] as Schema;
  }
  place[path.at(-1)!] = value;
}

/** What an answer says, without what differs between any two of them. */
export function saidBy({ status, text }: ApiResponse, id: string): string {
  const timeless = text.replaceAll(id, "THE ID")
    .replaceAll(/"(request_id|timestamp|slug|token|url|\w+_at|invoice_number)":"[^"]*"/g, '"$1"')
    .replaceAll(UUID, "AN ID");
  return `${status} ${timeless}`;
}

/** An id that no record has. */
export const missing = (): string => randomUUID();
