import type { ApiDescription } from "../../../openapi/document.ts";
import { addresses } from "../../../openapi/publication.ts";
import { describing } from "../../../openapi/records/describe.ts";
import { REQUEST_HEADERS } from "../../../openapi/request-headers.ts";
import { USER_TOKEN } from "../../../openapi/user-token.ts";
import type { LeadHubCaller } from "../caller.ts";
import { GUIDE } from "./guide.ts";
import { HEADERS } from "./headers.ts";
import { PUBLICATION } from "./publication.ts";
import { WORDS } from "./words.ts";

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
    security: [{ apiKey: [] }, { userToken: [] }],
    securitySchemes: {
      apiKey: { type: "http", scheme: "bearer", description: "An API key, `lh_…`." },
      userToken: USER_TOKEN,
      formToken: {
        type: "apiKey",
        in: "query",
        name: "token",
        description: "The token of a public form, `lhf_…`, as its `submit_url` has it.",
      },
    },
    headers: HEADERS.components(),
    parameters: REQUEST_HEADERS,
    ...describing<LeadHubCaller>(WORDS),
  };
}
