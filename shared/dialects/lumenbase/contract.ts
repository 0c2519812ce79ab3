import type * as z from "zod";
import type { Resource } from "../../crm/resource.ts";
import type { Operation } from "../../http/operation.ts";
import type { DailyLimit } from "../../refusals/errors.ts";
import type { LumenbaseCaller } from "./caller.ts";

/** What an operation takes and answers, with the very schemas that validate: for OpenAPI. */
export interface Contract {
  action:
    | "list"
    | "ids"
    | "feed"
    | "create"
    | "ingest"
    | "update"
    | "delete"
    | "batch"
    | "ingestBatch"
    | "rotateToken"
    | "rotate"
    | "revoke"
    | "log"
    | "usage"
    | "newest"
    | "retry"
    | "replay"
    | "rehearse"
    | "presets"
    | "merge"
    | "undoMerge"
    | "handshake";
  resource: Resource;
  /** Query parameters. */
  parameters: z.ZodObject;
  body?: z.ZodObject;
  /** The record as this operation answers it, when it is more than the resource's. */
  answer?: z.ZodObject | undefined;
  /** Fields of the answer that a dry run does not make. */
  onceOnly?: readonly string[];
  /** Whether requests can go through a connector as well. */
  connectable?: true;
  /** The field by which creating finds the record to update instead. */
  matchedBy?: string | undefined;
  /** Set where creating replaces a record that was there. */
  replaces?: true;
  /** The daily limits it counts towards. */
  counts?: readonly DailyLimit[] | undefined;
}

/** An operation of this API. */
export type LumenbaseOperation = Operation<LumenbaseCaller, Contract>;

/** What writes nothing, so that an idempotency key would say nothing. */
export const READS: readonly Contract["action"][] = [
  "list",
  "ids",
  "newest",
  "log",
  "usage",
  "presets",
  "rehearse",
];
