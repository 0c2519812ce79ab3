import { Hono } from "hono/tiny";
import { preflight } from "./cors.ts";
import { type Operation, publicRoute, RouteScope } from "./operation.ts";
import { documentServer, type PublicDocument } from "./public-document.ts";
import { rateHeaders } from "./rate-headers.ts";
import { requestId } from "./request-id.ts";
import { type Route, serve } from "./serve.ts";

/** A route as it was declared, for the contract. */
export type RouteDescription =
  & { method: string; path: string }
  & (
    | { access: RouteScope; operation: Operation }
    | { access: "public"; document: PublicDocument }
  );

/** One deployed function: its routes, each with the scope it needs or declared public. */
export class Endpoint {
  readonly #name: string;
  readonly #app: Hono;
  readonly #paths = new Map<string, Map<string, Route>>();
  readonly #documents = new Map<string, PublicDocument>();

  constructor(name: string) {
    this.#name = name;
    this.#app = new Hono({ strict: false }).basePath(`/${name}`);
    // A middleware on every route would have to rebuild each answer.
    this.#app.options("*", async (context, next) => {
      await next();
      const headers = { "X-Request-Id": requestId(context.req.raw), ...rateHeaders(null) };
      Object.entries(headers).forEach(([header, value]) => context.header(header, value));
    }, preflight());
    this.#app.notFound(({ req }) => serve(req.raw, name, new Map()));
  }

  get(path: string, access: RouteScope, operation: Operation): this;
  get(path: string, access: typeof publicRoute, document: PublicDocument): this;
  get(
    path: string,
    access: RouteScope | typeof publicRoute,
    answer: Operation | PublicDocument,
  ): this {
    if (access === publicRoute) return this.#public(path, answer as PublicDocument);
    return this.#route("GET", path, access, answer as Operation);
  }

  post(path: string, scope: RouteScope, operation: Operation): this {
    return this.#route("POST", path, scope, operation);
  }

  patch(path: string, scope: RouteScope, operation: Operation): this {
    return this.#route("PATCH", path, scope, operation);
  }

  delete(path: string, scope: RouteScope, operation: Operation): this {
    return this.#route("DELETE", path, scope, operation);
  }

  /** The routes, with their paths below the functions' address. */
  routes(): RouteDescription[] {
    const below = (path: string) => `/${this.#name}${path === "/" ? "" : path}`;
    const scoped = [...this.#paths].flatMap(([path, routes]) =>
      [...routes].map(([method, { scope, operation }]) => ({
        method,
        path: below(path),
        access: scope,
        operation,
      }))
    );
    const open = [...this.#documents].map(([path, document]) => ({
      method: "GET",
      path: below(path),
      access: "public" as const,
      document,
    }));
    return [...scoped, ...open];
  }

  /** Answers a request at `/<name>/…`, as the edge runtime, the local gateway and tests send it. */
  readonly fetch = (request: Request): Response | Promise<Response> => this.#app.fetch(request);

  #route(method: string, path: string, scope: RouteScope, operation: Operation): this {
    if (!(scope instanceof RouteScope)) {
      throw new TypeError(`${method} ${path} of ${this.#name} declares no scope`);
    }
    const routes = this.#paths.get(path) ?? new Map<string, Route>();
    if (routes.has(method) || this.#documents.has(path)) {
      throw new TypeError(`${method} ${path} of ${this.#name} is declared twice`);
    }
    routes.set(method, { scope, operation });
    if (!this.#paths.has(path)) {
      this.#app.all(path, ({ req }) => serve(req.raw, this.#name, routes));
    }
    this.#paths.set(path, routes);
    return this;
  }

  // A public path has nothing but its document, so that no route of a workspace hides behind it.
  #public(path: string, document: PublicDocument): this {
    if (this.#paths.has(path) || this.#documents.has(path)) {
      throw new TypeError(`GET ${path} of ${this.#name} is declared twice`);
    }
    const answer = documentServer(this.#name, document);
    this.#app.all(path, ({ req }) => answer(req.raw));
    this.#documents.set(path, document);
    return this;
  }
}

/** Starts the declaration of a function; `export default` it. */
export function endpoint(name: string): Endpoint {
  return new Endpoint(name);
}
