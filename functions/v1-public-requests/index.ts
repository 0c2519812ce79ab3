import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { listRequests } from "../../shared/dialects/lumenbase/requests/list.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-requests")
  .get("/", scope("admin"), listRequests);

export default app;
