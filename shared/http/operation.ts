import type { BodyRule } from "./body.ts";
import type { Call, Outcome } from "./call.ts";
import type { Caller } from "./caller.ts";

/** What a route does once the request is let in. */
export interface Operation<C extends Caller = Caller, Contract = unknown> {
  kind: "read" | "write";
  /** The body that it takes; none without. */
  body?: BodyRule;
  /** Who asks, where that is not told as everywhere in the API. Throws Refusal. */
  identify?(call: Call<C>): Promise<C>;
  /** What answers this very request instead, if anything does. Throws InvalidInput. */
  instead?(call: Call<C>): Operation<C> | null;
  /** What it takes and answers, with the very schemas that validate. */
  contract?: Contract;
  /** Throws Refusal. */
  run(call: Call<C>): Promise<Outcome>;
}

/** The scope a route needs; made by {@link scope} alone, so that none is forgotten. */
export class RouteScope<Scope extends string = string> {
  constructor(readonly needed: Scope) {}
}

/**
 * Declared in place of a scope: whoever shows a secret of the deployment may call the route, which is of
 * no workspace. Made by {@link secret} alone.
 */
export class RouteSecret {
  /** The environment variable that holds it. */
  constructor(readonly variable: string) {}
}

/** Declared in place of a scope: anybody may call the route, without a key. */
export const publicRoute: unique symbol = Symbol("public route");

/** Declares the scope of a route. */
export function scope<Scope extends string>(needed: Scope): RouteScope<Scope> {
  return new RouteScope(needed);
}

/** Declares the secret of a route: the environment variable that holds it. */
export function secret(variable: string): RouteSecret {
  return new RouteSecret(variable);
}
