import type { ContractOperation } from "./contract-document.ts";
import type { DialectWorld } from "./dialects/dialect.ts";

/** Makes a world for an operation, or for any that only reads. */
type MakeWorld = (operation: ContractOperation | null) => Promise<DialectWorld>;

/** Makes worlds for the operations of an API: those that only read share one. */
export function worldsOf(
  make: MakeWorld,
): (operation: ContractOperation) => Promise<DialectWorld> {
  let read: Promise<DialectWorld> | undefined;
  return (operation) => operation.method === "GET" ? read ??= make(null) : make(operation);
}
