import type { Scope } from "../auth/scopes.ts";
import type { Call, Outcome } from "./call.ts";

/** What a route does once the request is let in. */
export interface Operation {
  /** A write is counted in the rate limit before it runs, a read together with its data. */
  kind: "read" | "write";
  /** The most bytes of a JSON body; without it the operation takes no body. */
  bodyLimit?: number;
  /** Throws InvalidInput, RecordNotFound, Conflict or DailyLimitReached. */
  run(call: Call): Promise<Outcome>;
}

/** The scope a route needs; made by {@link scope} alone, so that none is forgotten. */
export class RouteScope {
  constructor(readonly needed: Scope) {}
}

/** Declares the scope of a route. */
export function scope(needed: Scope): RouteScope {
  return new RouteScope(needed);
}
