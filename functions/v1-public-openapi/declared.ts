import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { addresses, publication } from "../../shared/dialects/lumenbase/openapi/publication.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import type { Schema } from "../../shared/openapi/schemas.ts";

/** The function that publishes the contract, which describes this function too. */
export function declared(contract: () => Promise<Schema>) {
  return endpoint("v1-public-openapi").get("/", publicRoute, {
    summary: "This contract, in OpenAPI 3.1",
    contentType: "application/json; charset=utf-8",
    async text() {
      return JSON.stringify({ ...await contract(), ...addresses(publication()) }, null, 1);
    },
  });
}
