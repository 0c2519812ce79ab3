import type * as z from "zod";
import type { Scope } from "../dialects/lumenbase/scopes.ts";
import type { DailyLimit } from "../refusals/errors.ts";
import type { Resource } from "../crm/resource.ts";
import type { Call, Outcome } from "./call.ts";

/** What an operation takes and answers, with the very schemas that validate: for OpenAPI. */
export interface Contract {
  action:
    | "list"
    | "create"
    | "ingest"
    | "update"
    | "delete"
    | "batch"
    | "ingestBatch"
    | "rotateToken"
    | "replay"
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
  /** The daily limits it counts towards. */
  counts?: readonly DailyLimit[] | undefined;
}

/** What a route does once the request is let in. */
export interface Operation {
  /** A write is counted in the rate limit before it runs, a read together with its data. */
  kind: "read" | "write";
  /** The most bytes of a JSON body; without it the operation takes no body. */
  bodyLimit?: number;
  /** What answers instead when the request names a connector: JSON or a form, of any shape. */
  throughConnector?: (call: Call) => Promise<Outcome>;
  contract?: Contract;
  /** Throws InvalidInput, RecordNotFound, Conflict or DailyLimitReached. */
  run(call: Call): Promise<Outcome>;
}

/** The scope a route needs; made by {@link scope} alone, so that none is forgotten. */
export class RouteScope {
  constructor(readonly needed: Scope) {}
}

/** Declared in place of a scope: anybody may call the route, without a key. */
export const publicRoute: unique symbol = Symbol("public route");

/** Declares the scope of a route. */
export function scope(needed: Scope): RouteScope {
  return new RouteScope(needed);
}
