import { Hono } from "hono/tiny";
import type { Caller } from "./caller.ts";
import { preflight } from "./cors.ts";
import type { Dialect } from "./dialect.ts";
import type { Operation } from "./operation.ts";
import { documentServer, type PublicDocument } from "./public-document.ts";
import { requestId } from "./request-id.ts";
import type { Door } from "./respond.ts";
import { type Access, type Place, Router } from "./router.ts";
import { serve } from "./serve.ts";

/** A route as it was declared, for the contract. */
export type RouteDescription<C extends Caller = Caller> =
  & { method: string; path: string }
  & ({ access: Access; operation: Operation<C> } | { access: "public"; document: PublicDocument });

/** A module whose default export is a router. */
export type LazyRouter<C extends Caller> = () => Promise<{ default: Router<C> }>;

/**
 * One deployed function: its own routes, and groups of routes that are loaded when one of their paths
 * is first asked for.
 */
export class Endpoint<C extends Caller = Caller> extends Router<C> {
  readonly name: string;
  readonly dialect: Dialect<C>;
  readonly #mounts = new Map<string, LazyRouter<C>>();
  #app: Hono | undefined;

  constructor(name: string, dialect: Dialect<C>) {
    super();
    this.name = name;
    this.dialect = dialect;
  }

  /** Adds the routes of a module, which is loaded when a path below this one is first asked for. */
  mount(path: string, load: LazyRouter<C>): this {
    if (this.#mounts.has(path)) throw new TypeError(`${path} of ${this.name} is mounted twice`);
    this.#mounts.set(path, load);
    return this;
  }

  /** The routes, the mounted ones included, with their paths below the functions' address. */
  async routes(): Promise<RouteDescription<C>[]> {
    return (await this.routers()).flatMap(({ places }) =>
      places.flatMap((place) => described(this.name, place))
    );
  }

  /** Every router, the mounted ones loaded. Throws when one is not below the path it is mounted at. */
  async routers(): Promise<Router<C>[]> {
    const mounted = await Promise.all(
      Array.from(this.#mounts, async ([path, load]) => below(path, (await load()).default)),
    );
    return [this, ...mounted];
  }

  /** Answers a request at `/<name>/…`, as the edge runtime, the local gateway and tests send it. */
  readonly fetch = (request: Request): Response | Promise<Response> => {
    this.#app ??= this.#start();
    return this.#app.fetch(request);
  };

  #start(): Hono {
    const { name, dialect } = this;
    const app = new Hono({ strict: false }).basePath(`/${name}`);
    // A middleware on every route would have to rebuild each answer.
    app.options("*", async (context, next) => {
      await next();
      const limits = dialect.limitHeaders(null, Date.now());
      const headers = { "X-Request-Id": requestId(context.req.raw), ...limits };
      Object.entries(headers).forEach(([header, value]) => context.header(header, value));
    }, preflight(dialect.methods));
    for (const place of this.places) this.#add(app, place);
    for (const [path, load] of this.#mounts) {
      const loaded = this.#loaded(path, load);
      app.all(path, async ({ req }) => (await loaded()).fetch(req.raw));
      app.all(`${path}/*`, async ({ req }) => (await loaded()).fetch(req.raw));
    }
    return this.#unknown(app);
  }

  #loaded(path: string, load: LazyRouter<C>): () => Promise<Hono> {
    let loading: Promise<Hono> | undefined;
    const start = async () => {
      const app = new Hono({ strict: false }).basePath(`/${this.name}`);
      for (const place of below(path, (await load()).default).places) this.#add(app, place);
      return this.#unknown(app);
    };
    return () =>
      loading ??= start().catch((error) => {
        loading = undefined;
        throw error;
      });
  }

  #unknown(app: Hono): Hono {
    const unknown = { path: null, routes: new Map(), params: {} };
    app.notFound(({ req }) => serve(req.raw, this as Door<C>, unknown));
    return app;
  }

  #add(app: Hono, place: Place<C>): void {
    const { path } = place;
    if ("document" in place) {
      const answer = documentServer(this as Door<C>, place.document);
      app.all(path, ({ req }) => answer(req.raw));
      return;
    }
    const { routes } = place;
    app.all(
      path,
      ({ req }) => serve(req.raw, this as Door<C>, { path, routes, params: req.param() }),
    );
  }
}

function below<C extends Caller>(path: string, router: Router<C>): Router<C> {
  if (router.path === path) return router;
  throw new TypeError(`the router of ${router.path} is mounted at ${path}`);
}

function described<C extends Caller>(name: string, place: Place<C>): RouteDescription<C>[] {
  const path = `/${name}${place.path === "/" ? "" : place.path}`;
  if ("document" in place) {
    return [{ method: "GET", path, access: "public", document: place.document }];
  }
  return Array.from(place.routes, ([method, route]) => ({ method, path, ...route }));
}

/** Starts the declaration of a function; `export default` it. */
export function endpoint<C extends Caller>(name: string, dialect: Dialect<C>): Endpoint<C> {
  return new Endpoint(name, dialect);
}
