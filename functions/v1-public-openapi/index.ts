import { endpoint } from "../../shared/http/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import { addresses, publication } from "../../shared/openapi/publication.ts";

const app = endpoint("v1-public-openapi").get("/", publicRoute, {
  summary: "This contract, in OpenAPI 3.1",
  contentType: "application/json; charset=utf-8",
  async text() {
    const { contract } = await import("./contract.ts");
    return JSON.stringify({ ...contract, ...addresses(publication()) }, null, 1);
  },
});

export default app;
