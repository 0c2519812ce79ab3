import type { ApiDescription } from "../../../openapi/document.ts";
import { addresses } from "../../../openapi/publication.ts";
import { describing } from "../../../openapi/records/describe.ts";
import { REQUEST_HEADERS } from "../../../openapi/request-headers.ts";
import type { CrmCaller } from "../caller.ts";
import { GUIDE } from "./guide.ts";
import { HEADERS } from "./headers.ts";
import { PUBLICATION } from "./publication.ts";
import { WORDS } from "./words.ts";

/** The CRM HTTP API, as its OpenAPI document describes it. */
export function crmHttpApi(): ApiDescription<CrmCaller> {
  return {
    info: {
      title: "CRM",
      summary: "Companies, contacts and opportunities, over HTTP.",
      description: GUIDE,
      version: PUBLICATION.version,
    },
    about: addresses(PUBLICATION),
    security: [{ apiKey: [] }],
    securitySchemes: {
      apiKey: { type: "http", scheme: "bearer", description: "An API key, `ak_…`." },
    },
    headers: HEADERS.components(),
    parameters: REQUEST_HEADERS,
    ...describing<CrmCaller>(WORDS),
  };
}
