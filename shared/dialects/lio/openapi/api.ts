import type { ApiDescription } from "../../../openapi/document.ts";
import { addresses } from "../../../openapi/publication.ts";
import { describing } from "../../../openapi/records/describe.ts";
import { REQUEST_HEADERS } from "../../../openapi/request-headers.ts";
import type { LioCaller } from "../caller.ts";
import { GUIDE } from "./guide.ts";
import { HEADERS } from "./headers.ts";
import { PUBLICATION } from "./publication.ts";
import { WORDS } from "./words.ts";

/** LIO, as its OpenAPI document describes it. */
export function lioApi(): ApiDescription<LioCaller> {
  return {
    info: {
      title: "LIO",
      summary: "Leads: captured, scored, assigned and worked, over HTTP.",
      description: GUIDE,
      version: PUBLICATION.version,
    },
    about: addresses(PUBLICATION),
    security: [{ token: [] }],
    securitySchemes: {
      token: { type: "http", scheme: "bearer", description: "The token that logging in answers." },
      apiKey: { type: "apiKey", in: "header", name: "x-api-key", description: "A key of LIO." },
    },
    headers: HEADERS.components(),
    parameters: REQUEST_HEADERS,
    ...describing<LioCaller>(WORDS),
  };
}
