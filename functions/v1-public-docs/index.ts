import { endpoint } from "../../shared/http/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import { PAGE_HEADERS, referencePage } from "../../shared/openapi/page.ts";
import { contract } from "../v1-public-openapi/index.ts";

const app = endpoint("v1-public-docs").get("/", publicRoute, {
  summary: "The reference as a page",
  contentType: "text/html; charset=utf-8",
  headers: PAGE_HEADERS,
  text: () => referencePage(contract()),
});

export default app;
