import type { ContractOperation } from "./contract-document.ts";
import type { DialectWorld } from "./dialects/dialect.ts";

/** Makes a world for an operation, or for any that only reads. */
type MakeWorld = (operation: ContractOperation | null) => Promise<DialectWorld>;

/**
 * Makes worlds for the operations of an API: those that change nothing which is there share one, and those
 * that only change fields of a record another.
 */
export function worldsOf(
  make: MakeWorld,
  changesNothing: (operation: ContractOperation) => boolean = reads,
): (operation: ContractOperation) => Promise<DialectWorld> {
  let unchanged: Promise<DialectWorld> | undefined;
  let updated: Promise<DialectWorld> | undefined;
  return (operation) =>
    changesNothing(operation)
      ? unchanged ??= make(null)
      : updates(operation)
      ? updated ??= make(null)
      : make(operation);
}

function updates({ method, path }: ContractOperation): boolean {
  return method === "PATCH" || method === "PUT" || /\/update\/\{\w+\}$/.test(path);
}

function reads({ method }: ContractOperation): boolean {
  return method === "GET";
}

/** Whether an operation only reads, or only adds to what is there. */
export function readsOrAdds({ method, responses }: ContractOperation): boolean {
  return method === "GET" || method === "POST" && "201" in responses;
}
