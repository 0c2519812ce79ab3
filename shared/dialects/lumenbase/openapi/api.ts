import type { RouteDescription } from "../../../http/endpoint.ts";
import { RouteScope } from "../../../http/operation.ts";
import type { ApiDescription, Components } from "../../../openapi/document.ts";
import { CONTRACT_TAG, describeDocument } from "../../../openapi/public-document.ts";
import { addresses } from "../../../openapi/publication.ts";
import type { Schema } from "../../../openapi/schemas.ts";
import { USER_TOKEN } from "../../../openapi/user-token.ts";
import type { LumenbaseCaller } from "../caller.ts";
import { CONNECTOR_PARAMETER } from "../connectors/reference.ts";
import type { Contract, LumenbaseOperation } from "../contract.ts";
import { errorResponses, PUBLIC_ERRORS } from "./errors.ts";
import { GUIDE } from "./guide.ts";
import { HEADERS, REQUEST_PARAMETERS } from "./headers.ts";
import { metaOf } from "./meta.ts";
import { describeOperation } from "./operations.ts";
import { PUBLICATION } from "./publication.ts";
import { describeSession, SESSION_TAG, sessionContract } from "./sessions.ts";
import { title, words } from "./wordings.ts";

type Route = RouteDescription<LumenbaseCaller>;

const SECURITY_SCHEMES = {
  apiKey: { type: "http", scheme: "bearer", description: "An API key, `lb_live_…`." },
  userToken: USER_TOKEN,
  connectorToken: {
    type: "apiKey",
    in: "query",
    name: CONNECTOR_PARAMETER,
    description: "A token of a connector, `lb_hook_…`, which can do nothing else.",
  },
};

/** The native API, as its OpenAPI document describes it. */
export function lumenbaseApi(): ApiDescription<LumenbaseCaller> {
  return {
    info: {
      title: "Lumenbase",
      summary: "A CRM over HTTP.",
      description: GUIDE,
      version: PUBLICATION.version,
    },
    about: addresses(PUBLICATION),
    security: [{ apiKey: [] }, { userToken: [] }],
    securitySchemes: SECURITY_SCHEMES,
    headers: HEADERS.components(),
    parameters: REQUEST_PARAMETERS,
    schemas: (schemas) => void schemas.named("Meta", () => metaOf()),
    tags: tagsOf,
    describe,
  };
}

function describe(components: Components, route: Route): Schema {
  if (route.access === "public") {
    const errors = errorResponses(components.schemas, components.responses, PUBLIC_ERRORS);
    return describeDocument(route.document, { headers: HEADERS, errors });
  }
  const { access, path, method } = route;
  const session = sessionContract(route.operation.contract);
  if (session !== null) return describeSession(components, session, access);
  const operation = { ...route.operation, contract: contractOf(route) };
  if (!(access instanceof RouteScope)) throw new TypeError(`${method} ${path} has no scope`);
  return describeOperation(components, { scope: access.needed, operation });
}

function contractOf(route: Exclude<Route, { access: "public" }>): Contract {
  const { contract } = route.operation as LumenbaseOperation;
  if (contract !== undefined) return contract;
  throw new TypeError(`${route.method} ${route.path} does not describe itself`);
}

function tagsOf(routes: readonly Route[]): Schema[] {
  const names = routes.flatMap((route) =>
    route.access === "public" || sessionContract(route.operation.contract)
      ? []
      : [contractOf(route).resource.name]
  );
  return [
    ...[...new Set(names)].sort().map((name) => ({
      name: title(name),
      description: `The ${words(name)} of the workspace.`,
    })),
    SESSION_TAG,
    CONTRACT_TAG,
  ];
}
