import { Hono } from "hono";
import { allowAnyOrigin } from "./cors.ts";
import { type Operation, RouteScope } from "./operation.ts";
import { rateHeaders } from "./rate-headers.ts";
import { requestId } from "./request-id.ts";
import { type Route, serve } from "./serve.ts";

/** One deployed function: its routes, each with the scope it needs. */
export class Endpoint {
  readonly #name: string;
  readonly #app: Hono;
  readonly #paths = new Map<string, Map<string, Route>>();

  constructor(name: string) {
    this.#name = name;
    this.#app = new Hono({ strict: false }).basePath(`/${name}`);
    this.#app.use("*", async (context, next) => {
      await next();
      if (context.req.method !== "OPTIONS") return;
      const headers = { "X-Request-Id": requestId(context.req.raw), ...rateHeaders(null) };
      Object.entries(headers).forEach(([header, value]) => context.header(header, value));
    });
    this.#app.use("*", allowAnyOrigin());
    this.#app.notFound(({ req }) => serve(req.raw, name, new Map()));
  }

  get(path: string, scope: RouteScope, operation: Operation): this {
    return this.#route("GET", path, scope, operation);
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

  /** Answers a request at `/<name>/…`, as the edge runtime, the local gateway and tests send it. */
  readonly fetch = (request: Request): Response | Promise<Response> => this.#app.fetch(request);

  #route(method: string, path: string, scope: RouteScope, operation: Operation): this {
    if (!(scope instanceof RouteScope)) {
      throw new TypeError(`${method} ${path} of ${this.#name} declares no scope`);
    }
    const routes = this.#paths.get(path) ?? new Map<string, Route>();
    if (routes.has(method)) {
      throw new TypeError(`${method} ${path} of ${this.#name} is declared twice`);
    }
    routes.set(method, { scope, operation });
    if (!this.#paths.has(path)) {
      this.#app.all(path, ({ req }) => serve(req.raw, this.#name, routes));
    }
    this.#paths.set(path, routes);
    return this;
  }
}

/** Starts the declaration of a function; `export default` it. */
export function endpoint(name: string): Endpoint {
  return new Endpoint(name);
}
