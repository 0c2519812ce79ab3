import { page, script, style } from "../../shared/dialects/console/documents.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";

const app = endpoint("console")
  .get("/", publicRoute, page)
  .get("/console.js", publicRoute, script)
  .get("/console.css", publicRoute, style);

export default app;
