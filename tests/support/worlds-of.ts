import type { ContractOperation } from "./contract-document.ts";
import type { DialectWorld, TestDialect } from "./dialects/dialect.ts";

/**
 * Makes worlds for the operations of an API, each with `size` records of the operation's kind: what
 * only reads shares one, what writes has one of its own.
 */
export function worldsOf(
  dialect: TestDialect,
  size: number,
): (operation: ContractOperation) => Promise<DialectWorld> {
  let read: Promise<DialectWorld> | undefined;
  return (operation) => {
    if (operation.method !== "GET") return dialect.world(operation, size);
    return read ??= dialect.world(null, 0);
  };
}
