import type { ContractOperation } from "./contract-document.ts";
import type { DialectWorld } from "./dialects/dialect.ts";

/** Makes a world for an operation, or for any that only reads. */
type MakeWorld = (operation: ContractOperation | null) => Promise<DialectWorld>;

/** Makes worlds for the operations of an API: those that change nothing which is there share one. */
export function worldsOf(
  make: MakeWorld,
  changesNothing: (operation: ContractOperation) => boolean = reads,
): (operation: ContractOperation) => Promise<DialectWorld> {
  let shared: Promise<DialectWorld> | undefined;
  return (operation) => changesNothing(operation) ? shared ??= make(null) : make(operation);
}

function reads({ method }: ContractOperation): boolean {
  return method === "GET";
}

/** Whether an operation only reads, or only adds to what is there. */
export function readsOrAdds({ method, responses }: ContractOperation): boolean {
  return method === "GET" || method === "POST" && "201" in responses;
}
