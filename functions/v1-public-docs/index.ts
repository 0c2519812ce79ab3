import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import { PAGE_HEADERS, referencePage } from "../../shared/openapi/page.ts";
import { addresses, publication } from "../../shared/dialects/lumenbase/openapi/publication.ts";

const app = endpoint("v1-public-docs").get("/", publicRoute, {
  summary: "The reference as a page",
  contentType: "text/html; charset=utf-8",
  headers: PAGE_HEADERS,
  async text() {
    const { contract } = await import("../v1-public-openapi/contract.ts");
    return await referencePage({ ...contract, ...addresses(publication()) });
  },
});

export default app;
