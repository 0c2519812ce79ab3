import { pipelines } from "../../shared/crm/pipelines.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

const app = endpoint("v1-public-pipelines")
  .get("/", scope("deals:read"), retrieveOrList(pipelines));

export default app;
