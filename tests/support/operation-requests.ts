import type { ContractOperation } from "./contract-document.ts";
import type { DialectWorld, Target, TestDialect } from "./dialects/dialect.ts";

/** The names of the parameters in an operation's path. */
export function pathParameters({ path }: ContractOperation): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
}

/** Parameters of paths that name no record of a workspace, but what each has. */
const OF_ALL = new Set(["provider", "queryId", "messageId"]);

/** An operation's path and query for a record, with what it needs besides. */
export function pathOf(
  operation: ContractOperation,
  target: Target,
  query: Readonly<Record<string, string>> = {},
): string {
  const path = operation.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent(target[name] ?? exampleOf(operation, name)),
  );
  const parameters = new URLSearchParams(
    operation.parameters.filter((one) => one.in === "query" && one.required)
      .map(({ name }): [string, string] => [name, target[name] ?? exampleOf(operation, name)]),
  );
  for (const [name, value] of Object.entries(query)) parameters.set(name, value);
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

function exampleOf({ parameters }: ContractOperation, name: string): string {
  return String(parameters.find((one) => one.name === name)?.example ?? "");
}

/** An operation, of which one that can also work on one record by its id makes two cases. */
export interface OperationCase {
  name: string;
  operation: ContractOperation;
  /** The parameters that name the record it works on; none when it works on none. */
  names: readonly string[];
}

/** Every case of operations that need a key. */
export function casesOf(operations: readonly ContractOperation[]): OperationCase[] {
  return operations.flatMap((operation) => {
    const { id, parameters } = operation;
    const names = pathParameters(operation).filter((name) => !OF_ALL.has(name));
    const inQuery = parameters.find((one) => one.in === "query" && one.name === "id");
    if (inQuery?.required) return [{ name: id, operation, names: ["id"] }];
    const plain = { name: id, operation, names };
    return inQuery ? [plain, { name: `${id} by id`, operation, names: ["id"] }] : [plain];
  });
}

/** The path of a case. */
export function pathOfCase(
  { operation, names }: OperationCase,
  target: Target,
  query: Readonly<Record<string, string>> = {},
): string {
  const inPath = pathParameters(operation);
  const named = names.filter((name) => !inPath.includes(name))
    .map((name): [string, string] => [name, target[name] ?? ""]);
  return pathOf(operation, target, { ...Object.fromEntries(named), ...query });
}

/** The request of an operation that works, once. */
export async function goodRequest(
  dialect: TestDialect,
  world: DialectWorld,
  one: OperationCase,
  i: number,
) {
  const { operation } = one;
  const target = await world.fresh(operation);
  const body = operation.body && dialect.goodBody(operation, i);
  return { target, path: pathOfCase(one, target, world.given(operation)), body };
}

/** What an operation answers when it works: the record was made, or else the lowest success. */
export function successOf({ responses }: ContractOperation): number {
  const statuses = Object.keys(responses).map(Number).filter((status) => status < 400);
  // What only leads elsewhere is done with 302.
  return statuses.includes(201) ? 201 : Math.min(...statuses);
}

/** Those of some names of parameters that hold the id of a record. */
export function idsAmong(names: readonly string[]): string[] {
  return names.filter((name) => /(^|_)id$|[a-z]Id$/.test(name) && !OF_ALL.has(name));
}

/** The plural of the records whose id a parameter or a field holds. */
export function kindOf({ path, resource }: ContractOperation, name: string): string {
  if (name !== "id") return `${name.replace(/(_(id|to)|Id)$/, "").split("_").at(-1)}s`;
  return /(\w+)\/\{id\}/.exec(path)?.[1] ?? resource;
}

/** Ids that no record has, for each parameter of a case that names one. */
export async function missingTarget(
  dialect: TestDialect,
  { operation, names }: OperationCase,
): Promise<Target> {
  const missing = idsAmong(names).map(async (name) =>
    [name, await dialect.missing(kindOf(operation, name))] as const
  );
  return Object.fromEntries(await Promise.all(missing));
}
