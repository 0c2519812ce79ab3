import type { Caller } from "./caller.ts";
import { type Operation, publicRoute, RouteScope, RouteSecret } from "./operation.ts";
import type { PublicDocument } from "./public-document.ts";
import type { Route } from "./serve.ts";

/** A scope, a secret of the deployment, or that anybody may call the route. */
export type Access = RouteScope | RouteSecret | typeof publicRoute;

/** What answers one path: operations by method, or a document that anybody may read. */
export type Place<C extends Caller = Caller> =
  | { path: string; routes: Map<string, Route<C>> }
  | { path: string; document: PublicDocument };

/**
 * Routes below a path, each with the scope it needs or declared public. A path may have parameters:
 * `/leads/:id`; of two that fit a request the one declared first answers.
 */
export class Router<C extends Caller = Caller> {
  readonly path: string;
  readonly #places = new Map<string, Place<C>>();

  constructor(path = "/") {
    this.path = path;
  }

  get(path: string, access: Access, operation: Operation<C>): this;
  /** A document that anybody may read. */
  get(path: string, access: typeof publicRoute, document: PublicDocument): this;
  get(path: string, access: Access, answer: Operation<C> | PublicDocument): this {
    return "run" in answer
      ? this.#route("GET", path, access, answer)
      : this.#document(path, access, answer);
  }

  post(path: string, access: Access, operation: Operation<C>): this {
    return this.#route("POST", path, access, operation);
  }

  put(path: string, access: Access, operation: Operation<C>): this {
    return this.#route("PUT", path, access, operation);
  }

  patch(path: string, access: Access, operation: Operation<C>): this {
    return this.#route("PATCH", path, access, operation);
  }

  delete(path: string, access: Access, operation: Operation<C>): this {
    return this.#route("DELETE", path, access, operation);
  }

  /** What answers which path, in the order of declaration. */
  get places(): readonly Place<C>[] {
    return [...this.#places.values()];
  }

  #route(method: string, path: string, access: Access, operation: Operation<C>): this {
    const isDeclared = access instanceof RouteScope || access instanceof RouteSecret ||
      access === publicRoute;
    if (!isDeclared) {
      throw this.#undeclared(method, path);
    }
    const place = this.#places.get(path) ?? { path: this.#full(path), routes: new Map() };
    if (!("routes" in place) || place.routes.has(method)) throw this.#twice(method, path);
    place.routes.set(method, { access, operation });
    this.#places.set(path, place);
    return this;
  }

  // Nothing else is on its path, so that no route of a workspace hides behind it.
  #document(path: string, access: Access, document: PublicDocument): this {
    if (access !== publicRoute) throw this.#undeclared("GET", path);
    if (this.#places.has(path)) throw this.#twice("GET", path);
    this.#places.set(path, { path: this.#full(path), document });
    return this;
  }

  #undeclared(method: string, path: string): TypeError {
    return new TypeError(`${method} ${this.#full(path)} declares no scope`);
  }

  #twice(method: string, path: string): TypeError {
    return new TypeError(`${method} ${this.#full(path)} is declared twice`);
  }

  #full(path: string): string {
    if (this.path === "/") return path;
    return path === "/" ? this.path : this.path + path;
  }
}

/** Starts the declaration of a group of routes; `export default` it. */
export function router<C extends Caller>(path: string): Router<C> {
  return new Router<C>(path);
}
