import { pascalCase } from "../../../formats/pascal-case.ts";
import { MAX_ITEMS } from "../batch-result.ts";
import type { Contract } from "../contract.ts";
import { NOTES } from "./notes.ts";

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
    id: `list${pascalCase(name)}`,
    summary: `List ${words(name)}, or retrieve one`,
    text:
      `With \`id\`, and nothing else, answers that ${words(record)}; without, a page of the list.` +
      (NOTES[name]?.list ?? ""),
  }),
  ids: ({ resource: { record } }) => ({
    id: `get${pascalCase(record)}Ids`,
    summary: `Look up the ids of a ${record}`,
    text: `A ${record} has an id in this API and a number in LIO: by either, answers both.`,
  }),
  feed: ({ resource: { name } }) => ({
    id: `list${pascalCase(name)}`,
    summary: "Read what changed",
    text:
      "The changes of the workspace's records, each once, in an order that has no gaps later. " +
      "`meta.next_cursor`, sent back as `since`, goes on behind the last one; it is there on an empty " +
      "page too, to ask again with. Events are kept for 30 days: a cursor behind which some were " +
      "removed is refused. A page ends early once it has 2 MB; after looking at many events of other " +
      "types it may even be empty with `meta.has_more`.\n\nWith `Accept: text/event-stream` the " +
      "same comes as a stream of server-sent events, which goes on with what happens: `id` is the " +
      "cursor, `event` the type, `data` the event. It counts as one request, ends after two minutes " +
      "or so, and is resumed with `Last-Event-ID`, as an `EventSource` does by itself; a comment " +
      "every 15 seconds shows that it is alive.",
  }),
  create: (contract) => ({
    id: `create${pascalCase(contract.resource.record)}`,
    summary: `Create a ${words(contract.resource.record)}`,
    text: creates(contract),
  }),
  ingest: (contract) => ({
    id: `ingest${pascalCase(contract.resource.record)}`,
    summary: `Ingest a ${contract.resource.record}`,
    text: `${creates(contract)} Its company is found by domain, then by name, else created; ` +
      "`message` becomes a note.",
  }),
  update: ({ resource: { record, name } }) => ({
    id: `update${pascalCase(record)}`,
    summary: `Update a ${record}`,
    text: "Changes the given fields; `null` clears one, and fields that are absent stay." +
      (NOTES[name]?.update ?? ""),
  }),
  delete: ({ resource: { record, name } }) => ({
    id: `delete${pascalCase(record)}`,
    summary: `Delete a ${words(record)}`,
    text: NOTES[name]?.delete ?? "Records that are linked to it stay, with the link cleared.",
  }),
  batch: ({ resource: { name } }) => ({
    id: `batch${pascalCase(name)}`,
    summary: `Write up to ${MAX_ITEMS} ${name}`,
    text: "Writes the items in order, each with its own result. `stop_on_error` skips what " +
      "follows an item that fails; `atomic` writes all items or none. An item of another " +
      "`resource` needs that one's scope as well.",
  }),
  ingestBatch: ({ resource: { name } }) => ({
    id: `ingest${pascalCase(name)}`,
    summary: `Ingest up to ${MAX_ITEMS} ${name}`,
    text: "Ingests in order, each with its own result. `stop_on_error` skips what follows one " +
      "that fails.",
  }),
  rotateToken: ({ resource: { record } }) => ({
    id: `rotate${pascalCase(record)}Token`,
    summary: `Give a ${record} a new token`,
    text: "Answers the new token and its address this once. The tokens before work for " +
      "`overlap_seconds` more, a day unless it is given, so that the sender can be changed over.",
  }),
  rotate: ({ resource: { record } }) => ({
    id: `rotate${pascalCase(record)}`,
    summary: `Replace a ${record} by a new one`,
    text:
      `Makes a ${record} that may do the same, which is answered this once. The one before works ` +
      "for `overlap_hours` more, a day unless it is given, so that whoever has it can be changed over.",
  }),
  revoke: ({ resource: { record } }) => ({
    id: `revoke${pascalCase(record)}`,
    summary: `End a ${record} for good`,
    text: "Running functions notice within 10 seconds. One that was revoked before stays as it is.",
  }),
  log: ({ resource: { name } }) => ({
    id: `list${pascalCase(name)}`,
    summary: "List the requests of the last 7 days",
    text:
      "Every request to any of the APIs that came with a key or a token of the workspace, newest " +
      "first, a second or two after it was answered. `path` has no query, and the names of " +
      "parameters in place of what is no plain id; bodies are not kept. `actor_id` is the key's, " +
      "the user's or the connector's, as `actor_kind` says. A busy process may drop some.",
  }),
  usage: () => ({
    id: "getUsage",
    summary: "Read what is used of each limit",
    text:
      "The limits of the workspace, of its connectors and of keys that have some of their own, " +
      "and how many requests there were in each hour of the last 7 days.",
  }),
  newest: ({ resource: { name } }) => ({
    id: `list${pascalCase(name)}`,
    summary: `List ${words(name)}`,
    text:
      "What waits, runs or is dead, newest first; what succeeded is gone. A dead job has used up " +
      "its attempts, or another could not succeed, as `last_error` says; it is kept for 30 days.",
  }),
  retry: ({ resource: { record } }) => ({
    id: `retry${pascalCase(record)}`,
    summary: `Let a dead ${record} run again`,
    text: "It is due at once, and gets all its attempts again.",
  }),
  replay: ({ resource: { name } }) => ({
    id: `replay${pascalCase(name.replace(/ies$/, "y"))}`,
    summary: "Replay a connector delivery",
    text: "Takes a delivery that was not accepted up again, with its connector as it is now, and " +
      "answers as ingest would have. One that was accepted is refused, but for a dry run. A retry " +
      "needs no idempotency key: it finds the delivery accepted.",
  }),
  rehearse: () => ({
    id: "rehearseConnectorDelivery",
    summary: "Try a changed connector on a delivery",
    text: "Tells what a kept delivery, also one that was accepted, would become if its connector " +
      "were changed as the body says, and changes nothing. What is left out stays as the connector " +
      "has it. An expression that is wrong, or fails on this delivery, is named like " +
      "`field_map.email`.",
  }),
  presets: () => ({
    id: "listConnectorPresets",
    summary: "List the presets of connectors",
    text:
      "What a connector can be made from for a provider: which secrets it takes, and where the " +
      "provider wants the address and the secret.",
  }),
  merge: () => ({
    id: "mergeContacts",
    summary: "Merge two contacts",
    text: "Merges the contact `merge_id` into `keep_id`: what is linked to the one is linked to " +
      "the other, and the one is deleted. The kept contact has its own values, and the other's " +
      "where it has none; `fields` says else. Records of which a contact has one of a kind, such as " +
      "a tag, become one. What comes in by an email or phone of either is the kept contact's afterwards. " +
      "A dry run tells all that would happen.",
  }),
  undoMerge: () => ({
    id: "undoContactMerge",
    summary: "Undo a merge of contacts",
    text: "Makes the merged contact again with its id, and gives it back what was moved from it " +
      "and still is at the kept one. The kept contact's fields go back where nothing changed them " +
      "since. A merge can be undone once, for 30 days.",
  }),
  handshake: ({ resource: { record } }) => ({
    id: `handshake${pascalCase(record)}`,
    summary: `Answer the handshake of a sender of ${record}s`.replace("ys", "ies"),
    text: "Some senders, such as Meta, ask once whether an address is theirs to send to: the " +
      "answer to a request through a connector with its `verify_token` is the challenge. Others only " +
      "try the address: without any `hub.` parameter the holder of a token is told that the " +
      "connector is ready. Parameters that the sender adds are passed over.",
  }),
};

/** `connector_deliveries` as `Connector deliveries`. */
export function title(name: string): string {
  return words(name.charAt(0).toUpperCase() + name.slice(1));
}

/** `connector_deliveries` as `connector deliveries`. */
export function words(name: string): string {
  return name.replaceAll("_", " ");
}

function creates({ resource: { record, name }, matchedBy }: Contract): string {
  const article = /^[aeio]/.test(record) ? "an" : "a";
  const text = matchedBy
    ? `Creates ${article} ${words(record)}, or updates the one with its \`${matchedBy}\`.`
    : `Creates ${article} ${words(record)}.`;
  return text + (NOTES[name]?.create ?? "");
}

/** What a request does that goes through a connector. */
export function throughConnector({ resource: { name }, connectable }: Contract): string {
  return connectable
    ? ` Through a connector, which \`connector\` or \`X-Connector\` names, the body is what a ` +
      `form or another sender sends: the connector makes ${name} of its events, and keeps each ` +
      "event as a delivery."
    : "";
}
