import { CONNECTOR_PARAMETER } from "../dialects/lumenbase/connectors/reference.ts";
import type { Endpoint, RouteDescription } from "../http/endpoint.ts";
import type { PublicDocument } from "../http/public-document.ts";
import { errorResponses, PUBLIC_ERRORS } from "../dialects/lumenbase/openapi/errors.ts";
import { GUIDE } from "../dialects/lumenbase/openapi/guide.ts";
import { headerComponents, publicHeaders, REQUEST_HEADERS } from "./headers.ts";
import { type Components, describeOperation } from "../dialects/lumenbase/openapi/operations.ts";
import { addresses, type Publication } from "./publication.ts";
import { object, ref, type Schema, Schemas } from "./schemas.ts";
import { title, words } from "../dialects/lumenbase/openapi/wordings.ts";

const SECURITY_SCHEMES = {
  apiKey: { type: "http", scheme: "bearer", description: "An API key, `lb_live_…`." },
  connectorToken: {
    type: "apiKey",
    in: "query",
    name: CONNECTOR_PARAMETER,
    description: "A token of a connector, `lb_hook_…`, which can do nothing else.",
  },
};

/** The OpenAPI 3.1 document of some functions. Throws for a route that does not describe itself. */
export function openApiDocument(functions: readonly Endpoint[], where: Publication): Schema {
  const components: Components = {
    schemas: new Schemas(),
    parameters: new Map(Object.entries(REQUEST_HEADERS)),
    responses: new Map(),
  };
  components.schemas.named("Meta", meta);
  const routes = functions.flatMap((one) => one.routes()).sort(byPath);
  const paths: Record<string, Schema> = {};
  for (const route of routes) {
    const item = paths[route.path] ??= {};
    item[route.method.toLowerCase()] = describe(components, route);
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Lumenbase",
      summary: "A CRM over HTTP.",
      description: GUIDE,
      version: where.version,
    },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    ...addresses(where),
    security: [{ apiKey: [] }],
    tags: tagsOf(routes),
    paths,
    components: {
      schemas: components.schemas.all(),
      parameters: sorted(components.parameters),
      headers: headerComponents(),
      responses: sorted(components.responses),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function describe(components: Components, route: RouteDescription): Schema {
  const { access, path, method } = route;
  if (access === "public") {
    return describeDocument(components, route.document);
  }
  const { contract } = route.operation;
  if (contract === undefined) throw new TypeError(`${method} ${path} does not describe itself`);
  return describeOperation(components, {
    scope: access.needed,
    operation: route.operation,
    contract,
  });
}

function describeDocument(
  { schemas, responses }: Components,
  { summary, contentType }: PublicDocument,
): Schema {
  const [type = ""] = contentType.split(";");
  const headers = publicHeaders();
  return {
    operationId: "getContract",
    tags: ["Contract"],
    summary,
    description: "Needs no key.",
    security: [],
    parameters: [ref("parameters", "IfNoneMatch"), ref("parameters", "XRequestId")],
    responses: {
      200: {
        description: "The document.",
        headers,
        content: { [type]: { schema: { type: "object" } } },
      },
      304: { description: "It has not changed.", headers },
      ...errorResponses(schemas, responses, PUBLIC_ERRORS),
    },
  };
}

function tagsOf(routes: readonly RouteDescription[]): Schema[] {
  const names = routes.flatMap((route) =>
    route.access === "public" ? [] : route.operation.contract?.resource.name ?? []
  );
  return [
    ...[...new Set(names)].sort().map((name) => ({
      name: title(name),
      description: `The ${words(name)} of the workspace.`,
    })),
    { name: "Contract", description: "This document." },
  ];
}

function meta(): Schema {
  return {
    description: "About the answer.",
    ...object({
      request_id: { type: "string", description: "Also the header `X-Request-Id`." },
      api_version: { type: "string", const: "1" },
      timestamp: { type: "string", format: "date-time" },
    }),
  };
}

function byPath(a: RouteDescription, b: RouteDescription): number {
  const order = ["GET", "POST", "PATCH", "DELETE"];
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return order.indexOf(a.method) - order.indexOf(b.method);
}

function sorted(map: ReadonlyMap<string, Schema>): Record<string, Schema> {
  return Object.fromEntries([...map].sort(([a], [b]) => a < b ? -1 : 1));
}
