import { type Contract, READS } from "../contract.ts";
import { batchResult } from "./batches.ts";
import { type DeliveryAnswers, deliveryAnswers } from "./deliveries.ts";
import { eventPage } from "./events.ts";
import { exampleAnswer } from "./example-answers.ts";
import { HEADERS } from "./headers.ts";
import { mergeAnswer } from "./merges.ts";
import { deleted, newestPage, page, recordIds, rehearsals, retrieved, written } from "./records.ts";
import { requestPage, usage } from "./requests.ts";
import { object, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";

/** What an operation can answer with one status. */
interface Success {
  description: string;
  /** The schemas of `data`, one of which it has. */
  kinds: Schema[];
}

/** The successes of an operation, by status. */
export function successesOf(
  schemas: Schemas,
  contract: Contract,
  id: string,
): Record<string, Schema> {
  if (contract.action === "handshake") return { 200: challenge(contract) };
  if (contract.action === "feed") return { 200: eventPage(schemas, contract) };
  const reads = READS.includes(contract.action);
  const headers = HEADERS.of(...reads ? [] : ["Idempotency-Replayed" as const]);
  return Object.fromEntries(
    Object.entries(answersOf(schemas, contract)).map(([status, { description, kinds }]) => {
      const content = { schema: envelope(contract, kinds), ...exampleAnswer(contract, id) };
      return [status, { description, headers, content: { "application/json": content } }];
    }),
  );
}

/** What answers one kind of data with 200, and what that is. */
const DESCRIBED: Partial<Record<Contract["action"], readonly [string, typeof written]>> = {
  ids: ["Both ids.", recordIds],
  presets: ["All presets.", written],
  rotateToken: ["The new token.", written],
  rotate: ["The new key.", written],
  retry: ["The job, due now.", written],
  log: ["A page.", requestPage],
  usage: ["What is used.", usage],
  newest: ["A page.", (schemas, { resource }) => newestPage(schemas, resource)],
};

function answersOf(schemas: Schemas, contract: Contract): Record<string, Success> {
  const { action } = contract;
  return action === "merge" || action === "undoMerge"
    ? { 200: mergeAnswer(schemas, contract) }
    : recordAnswers(schemas, contract);
}

function recordAnswers(schemas: Schemas, contract: Contract): Record<string, Success> {
  const { action, resource } = contract;
  const described = DESCRIBED[action];
  if (described !== undefined) {
    const [description, kind] = described;
    return { 200: { description, kinds: [kind(schemas, contract)] } };
  }
  switch (action) {
    case "list": {
      const kinds = [retrieved(schemas, contract), page(schemas, resource)];
      return { 200: { description: "The record, or a page.", kinds } };
    }
    case "batch":
    case "ingestBatch":
      return batchAnswers(schemas);
    case "replay":
      return replayAnswers(deliveryAnswers(schemas, ["contact", "activity"]));
    case "rehearse": {
      const { dryRuns } = deliveryAnswers(schemas, ["contact", "activity"]);
      return { 200: { description: "What it would become.", kinds: dryRuns } };
    }
    case "merge":
    case "undoMerge":
      return { 200: mergeAnswer(schemas, contract) };
    case "delete": {
      const kinds = [deleted(schemas), ...rehearsals(schemas, contract)];
      return { 200: { description: "It was deleted; in a dry run, would be.", kinds } };
    }
    case "revoke":
    case "update": {
      const kinds = [written(schemas, contract), ...rehearsals(schemas, contract)];
      return { 200: { description: "The record, or a dry run.", kinds } };
    }
    default:
      return creationAnswers(schemas, contract);
  }
}

function batchAnswers(schemas: Schemas): Record<string, Success> {
  const kinds = [batchResult(schemas)];
  return {
    200: { description: "In a dry run: what would become of each item.", kinds },
    201: { description: "Every item was written.", kinds },
    207: { description: "Some items were written; `results` says what became of each.", kinds },
  };
}

function creationAnswers(schemas: Schemas, contract: Contract): Record<string, Success> {
  const stored = written(schemas, contract);
  const dryRun = rehearsals(schemas, contract);
  const become = contract.replaces ? "created or replaced" : "created";
  const native = {
    200: contract.matchedBy
      ? { description: "The record that was updated, or a dry run.", kinds: [stored, ...dryRun] }
      : { description: `In a dry run: what would be ${become}.`, kinds: dryRun },
    201: { description: `The record that was ${become}.`, kinds: [stored] },
  };
  if (!contract.connectable) return native;
  const target = contract.resource.record === "contact" ? "contact" : "activity";
  const { updated, taken, created, several, dryRuns } = deliveryAnswers(schemas, [target]);
  const [ok, made] = [native[200], native[201]];
  return {
    200: {
      description: `${ok.description} Through a connector also what became of an event that made ` +
        "no new record; to the holder of a token always this.",
      kinds: [...ok.kinds, ...updated, taken, several, ...dryRuns],
    },
    201: {
      description:
        `${made.description} Through a connector: also of several events, when none failed.`,
      kinds: [...made.kinds, ...created, several],
    },
    207: { description: SOME_FAILED, kinds: [several] },
  };
}

const SOME_FAILED = "Through a connector: of several events some failed, and are kept.";

function replayAnswers(answers: DeliveryAnswers): Record<string, Success> {
  const { updated, taken, created, several, dryRuns } = answers;
  return {
    200: {
      description: "The record that was updated, why there is none, or a dry run.",
      kinds: [...updated, taken, ...dryRuns],
    },
    201: {
      description: "The record that was created, or what became of several events.",
      kinds: [...created, several],
    },
    207: { description: "Of several events some failed, and are kept.", kinds: [several] },
  };
}

function challenge(contract: Contract): Schema {
  const ready = object({ status: { type: "string", const: "ready" } });
  return {
    description: "The challenge, as it was sent; without one, that the connector takes events.",
    headers: HEADERS.of(),
    content: {
      "text/plain": { schema: { type: "string" } },
      "application/json": { schema: envelope(contract, [ready]) },
    },
  };
}

// What a replay answers of a contact and of an activity differs only deep inside.
function envelope({ action }: Contract, kinds: readonly Schema[]): Schema {
  const data = kinds.length === 1
    ? kinds[0] as Schema
    : { [action === "replay" || action === "rehearse" ? "anyOf" : "oneOf"]: kinds };
  return object({ success: { type: "boolean", const: true }, data, meta: ref("schemas", "Meta") });
}
