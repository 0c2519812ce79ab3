import type { Refusal } from "../refusals/refusal.ts";
import type { Call, Outcome } from "./call.ts";
import type { Caller, CallLimit, LimitUse } from "./caller.ts";

/** A refusal in an API's own words. */
export interface Refused {
  status: number;
  code: string;
  /** JSON. */
  body: string;
}

/** What one API says: who may ask, what is counted, how a refusal and a limit are told. */
export interface Dialect<C extends Caller = Caller> {
  readonly name: string;
  /** The methods that pages of other origins may use. */
  readonly methods: readonly string[];
  /** Who asks. Throws Refusal for whoever is not let in. */
  identify(call: Call<C>): Promise<C>;
  /**
   * Throws Refusal unless the caller's scopes cover the one that is needed, and what else the request
   * names, such as a workspace, is the caller's.
   */
  authorize(caller: C, needed: string, call: Call<C>): void;
  /** Set when who may not come in is told that before what is wrong with the form of a body. */
  readonly accessFirst?: true;
  /** The limits that a caller's requests count towards; the first one is told. */
  limits(caller: C): readonly [CallLimit, ...CallLimit[]];
  /** Says a refusal. */
  refuse(refusal: Refusal, requestId: string): Refused;
  /** The headers that tell of a limit, at a time (Unix milliseconds) of its store; null is nobody's. */
  limitHeaders(use: LimitUse | null, now: number): Record<string, string>;
  /** Completes what is answered by what PostgreSQL cannot tell; what is complete stays as it is. */
  finish?(outcome: Outcome, call: Call<C>): Outcome;
  /** Loads what writes check values with, and most reads do without. */
  prepareWrite?(): Promise<void>;
}
