import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { PUBLICATION } from "../../shared/dialects/lumenbase/openapi/publication.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import { contractDocument, type LoadContract } from "../../shared/openapi/publication.ts";

/** The function that publishes the contract, which describes this function too. */
export function declared(contract: LoadContract) {
  return endpoint("v1-public-openapi")
    .get("/", publicRoute, contractDocument(PUBLICATION, contract));
}
