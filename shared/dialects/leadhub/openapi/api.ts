import type { RouteDescription } from "../../../http/endpoint.ts";
import { RouteScope } from "../../../http/operation.ts";
import type { ApiDescription, Components } from "../../../openapi/document.ts";
import { CONTRACT_TAG, describeDocument } from "../../../openapi/public-document.ts";
import { addresses } from "../../../openapi/publication.ts";
import { REQUEST_HEADERS } from "../../../openapi/request-headers.ts";
import type { Schema } from "../../../openapi/schemas.ts";
import type { LeadHubCaller } from "../caller.ts";
import type { Contract, LeadHubOperation } from "../contract.ts";
import { errorResponses } from "./errors.ts";
import { GUIDE } from "./guide.ts";
import { HEADERS } from "./headers.ts";
import { describeOperation } from "./operations.ts";
import { PUBLICATION } from "./publication.ts";

type Route = RouteDescription<LeadHubCaller>;

/** LeadHub, as its OpenAPI document describes it. */
export function leadHubApi(): ApiDescription<LeadHubCaller> {
  return {
    info: {
      title: "LeadHub",
      summary: "Leads, pipelines and who works on them, over HTTP.",
      description: GUIDE,
      version: PUBLICATION.version,
    },
    about: addresses(PUBLICATION),
    security: [{ apiKey: [] }],
    securitySchemes: {
      apiKey: { type: "http", scheme: "bearer", description: "An API key, `lh_…`." },
      formToken: {
        type: "apiKey",
        in: "query",
        name: "token",
        description: "The token of a public form, `lhf_…`, as its `submit_url` has it.",
      },
    },
    headers: HEADERS.components(),
    parameters: REQUEST_HEADERS,
    tags: tagsOf,
    describe,
  };
}

function describe(components: Components, route: Route): Schema {
  if (route.access === "public") {
    const errors = errorResponses(components, ["method_not_allowed", "failed"]);
    return describeDocument(route.document, { headers: HEADERS, errors });
  }
  const { access, path } = route;
  const operation = { ...route.operation, contract: contractOf(route) };
  const scope = access instanceof RouteScope ? access.needed : null;
  return describeOperation(components, { path, scope, tag: tagOf(path), operation });
}

function contractOf(route: Exclude<Route, { access: "public" }>): Contract {
  const { contract } = route.operation as LeadHubOperation;
  if (contract !== undefined) return contract;
  throw new TypeError(`${route.method} ${route.path} does not describe itself`);
}

// The records that a path is about: `/leadhub/api/v1/leads/:id/tags` is about leads.
function tagOf(path: string): string {
  const group = path.split("/")[4] ?? "";
  return group.charAt(0).toUpperCase() + group.slice(1);
}

function tagsOf(routes: readonly Route[]): Schema[] {
  const names = routes.flatMap(({ access, path }) => access === "public" ? [] : tagOf(path));
  return [
    ...[...new Set(names)].sort().map((name) => ({
      name,
      description: name === "Health"
        ? "Whether the API is there."
        : `The ${name.toLowerCase()} of the workspace.`,
    })),
    CONTRACT_TAG,
  ];
}
