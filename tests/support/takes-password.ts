import {
  type ContractDocument,
  type ContractOperation,
  propertiesOf,
} from "./contract-document.ts";

/** Whether an operation may hash a password, which takes 0.6 s of a processor each time. */
export function takesPassword(document: ContractDocument, { body }: ContractOperation): boolean {
  return Object.keys(propertiesOf(document, body?.schema ?? {})).some((name) =>
    name.endsWith("password")
  );
}
