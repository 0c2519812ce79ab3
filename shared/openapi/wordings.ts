import { MAX_ITEMS } from "../http/batch-result.ts";
import type { Contract } from "../http/operation.ts";
import { pascal } from "./records.ts";

/** How the contract names and explains an operation. */
export interface Wording {
  /** The operationId. */
  id: string;
  summary: string;
  text: string;
}

/** The wording of each action. */
export const WORDINGS: Record<Contract["action"], (contract: Contract) => Wording> = {
  list: ({ resource: { record, name } }) => ({
    id: `list${pascal(name)}`,
    summary: `List ${name}, or retrieve one`,
    text: `With \`id\`, and nothing else, answers that ${record}; without, a page of the list.`,
  }),
  create: (contract) => ({
    id: `create${pascal(contract.resource.record)}`,
    summary: `Create a ${contract.resource.record}`,
    text: creates(contract),
  }),
  ingest: (contract) => ({
    id: `ingest${pascal(contract.resource.record)}`,
    summary: `Ingest a ${contract.resource.record}`,
    text: `${creates(contract)} Its company is found by domain, then by name, else created; ` +
      "`message` becomes a note.",
  }),
  update: ({ resource: { record } }) => ({
    id: `update${pascal(record)}`,
    summary: `Update a ${record}`,
    text: "Changes the given fields; `null` clears one, and fields that are absent stay.",
  }),
  delete: ({ resource: { record } }) => ({
    id: `delete${pascal(record)}`,
    summary: `Delete a ${record}`,
    text: "Records that are linked to it stay, with the link cleared.",
  }),
  batch: ({ resource: { name } }) => ({
    id: `batch${pascal(name)}`,
    summary: `Write up to ${MAX_ITEMS} ${name}`,
    text: "Writes the items in order, each with its own result. `stop_on_error` skips what " +
      "follows an item that fails; `atomic` writes all items or none. An item of another " +
      "`resource` needs that one's scope as well.",
  }),
  ingestBatch: ({ resource: { name } }) => ({
    id: `ingest${pascal(name)}`,
    summary: `Ingest up to ${MAX_ITEMS} ${name}`,
    text: "Ingests in order, each with its own result. `stop_on_error` skips what follows one " +
      "that fails.",
  }),
};

/** `companies` as `Companies`. */
export function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function creates({ resource: { record }, matchedBy }: Contract): string {
  const article = /^[aeio]/.test(record) ? "an" : "a";
  return matchedBy
    ? `Creates ${article} ${record}, or updates the one with its \`${matchedBy}\`.`
    : `Creates ${article} ${record}.`;
}
