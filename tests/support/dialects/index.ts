import type { ContractDocument, ContractOperation } from "../contract-document.ts";
import { ContractValidator } from "../contract-validator.ts";
import type { TestDialect } from "./dialect.ts";
import { crm } from "./crm.ts";
import { leadhub } from "./leadhub.ts";
import { lio } from "./lio.ts";
import { lumenbase } from "./lumenbase.ts";

/** Every API that the suites run for. */
const DIALECTS: readonly TestDialect[] = [lumenbase, leadhub, crm, lio];

/** An API with its contract. */
export interface Described {
  name: string;
  dialect: TestDialect;
  document: ContractDocument;
  validator: ContractValidator;
  /** Every operation. */
  all: readonly ContractOperation[];
  /** Those that need a key. */
  operations: readonly ContractOperation[];
}

let known: Promise<Described[]> | undefined;

/** Every API with its contract, for `describe.each`; fetched once a worker, as its validators are large. */
export function described(): Promise<Described[]> {
  return known ??= Promise.all(DIALECTS.map(describedAs)).catch((error) => {
    known = undefined;
    throw error;
  });
}

async function describedAs(dialect: TestDialect): Promise<Described> {
  const document = await dialect.document();
  const all = document.operations();
  const operations = all.filter(({ id, scope }) => scope !== null && !dialect.apart?.includes(id));
  const validator = new ContractValidator(document);
  return { name: dialect.name, dialect, document, validator, all, operations };
}
