import type { RouteDescription } from "../../../http/endpoint.ts";
import { publicRoute } from "../../../http/operation.ts";
import type { PublicDocument } from "../../../http/public-document.ts";
import type { ApiDescription, Components } from "../../../openapi/document.ts";
import { object, ref, type Schema } from "../../../openapi/schemas.ts";
import type { LumenbaseCaller } from "../caller.ts";
import { CONNECTOR_PARAMETER } from "../connectors/reference.ts";
import type { Contract, LumenbaseOperation } from "../contract.ts";
import { errorResponses, PUBLIC_ERRORS } from "./errors.ts";
import { GUIDE } from "./guide.ts";
import { headerComponents, publicHeaders, REQUEST_HEADERS } from "./headers.ts";
import { describeOperation } from "./operations.ts";
import { addresses, type Publication } from "./publication.ts";
import { title, words } from "./wordings.ts";

type Route = RouteDescription<LumenbaseCaller>;

const SECURITY_SCHEMES = {
  apiKey: { type: "http", scheme: "bearer", description: "An API key, `lb_live_…`." },
  connectorToken: {
    type: "apiKey",
    in: "query",
    name: CONNECTOR_PARAMETER,
    description: "A token of a connector, `lb_hook_…`, which can do nothing else.",
  },
};

/** The native API, as its OpenAPI document describes it. */
export function lumenbaseApi(where: Publication): ApiDescription<LumenbaseCaller> {
  return {
    info: {
      title: "Lumenbase",
      summary: "A CRM over HTTP.",
      description: GUIDE,
      version: where.version,
    },
    about: addresses(where),
    security: [{ apiKey: [] }],
    securitySchemes: SECURITY_SCHEMES,
    headers: headerComponents(),
    parameters: REQUEST_HEADERS,
    schemas: (schemas) => void schemas.named("Meta", meta),
    tags: tagsOf,
    describe,
  };
}

function describe(components: Components, route: Route): Schema {
  if (route.access === "public") return describeDocument(components, route.document);
  const { access, path, method } = route;
  const operation = { ...route.operation, contract: contractOf(route) };
  if (access === publicRoute) throw new TypeError(`${method} ${path} is public`);
  return describeOperation(components, { scope: access.needed, operation });
}

function contractOf(route: Exclude<Route, { access: "public" }>): Contract {
  const { contract } = route.operation as LumenbaseOperation;
  if (contract !== undefined) return contract;
  throw new TypeError(`${route.method} ${route.path} does not describe itself`);
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

function tagsOf(routes: readonly Route[]): Schema[] {
  const names = routes.flatMap((route) =>
    route.access === "public" ? [] : [contractOf(route).resource.name]
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
