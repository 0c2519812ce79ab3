import type { Caller } from "../http/caller.ts";
import type { Endpoint, RouteDescription } from "../http/endpoint.ts";
import { type Schema, Schemas } from "./schemas.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The components that operations share. */
export interface Components {
  schemas: Schemas;
  parameters: Map<string, Schema>;
  responses: Map<string, Schema>;
}

/** What an API says of itself, and how it says what a route takes and answers. */
export interface ApiDescription<C extends Caller = Caller> {
  /** OpenAPI's Info Object. */
  info: Schema;
  /** What there is besides paths and components, such as `servers`. */
  about: Schema;
  security: readonly Schema[];
  securitySchemes: Schema;
  headers: Schema;
  parameters: Readonly<Record<string, Schema>>;
  /** Schemas that no operation names first. */
  schemas?(schemas: Schemas): void;
  /** The operations' tags, in order. */
  tags(routes: readonly RouteDescription<C>[]): Schema[];
  /** OpenAPI's Operation Object of a route. Throws TypeError for one that does not describe itself. */
  describe(components: Components, route: RouteDescription<C>): Schema;
}

/** The OpenAPI 3.1 document of some functions. */
export async function openApiDocument<C extends Caller>(
  functions: readonly Endpoint<C>[],
  api: ApiDescription<C>,
): Promise<Schema> {
  const components: Components = {
    schemas: new Schemas(),
    parameters: new Map(Object.entries(api.parameters)),
    responses: new Map(),
  };
  api.schemas?.(components.schemas);
  const routes = (await Promise.all(functions.map((one) => one.routes()))).flat().sort(byPath);
  const paths: Record<string, Schema> = {};
  for (const route of routes) {
    const item = paths[templated(route.path)] ??= {};
    item[route.method.toLowerCase()] = api.describe(components, route);
  }
  return {
    openapi: "3.1.1",
    info: api.info,
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    ...api.about,
    security: api.security,
    tags: api.tags(routes),
    paths,
    components: {
      schemas: components.schemas.all(),
      parameters: sorted(components.parameters),
      headers: api.headers,
      responses: sorted(components.responses),
      securitySchemes: api.securitySchemes,
    },
  };
}

// `/leads/:id` as `/leads/{id}`.
function templated(path: string): string {
  return path.replace(/:(\w+)/g, "{$1}");
}

function byPath<C extends Caller>(a: RouteDescription<C>, b: RouteDescription<C>): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return METHODS.indexOf(a.method) - METHODS.indexOf(b.method);
}

function sorted(map: ReadonlyMap<string, Schema>): Record<string, Schema> {
  return Object.fromEntries([...map].sort(([a], [b]) => a < b ? -1 : 1));
}
