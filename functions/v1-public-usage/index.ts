import { KEY_APIS } from "../../shared/dialects/key-apis.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { readUsage } from "../../shared/dialects/lumenbase/requests/usage.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-usage")
  .get("/", scope("admin"), readUsage(KEY_APIS));

export default app;
