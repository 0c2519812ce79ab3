import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { retrieveOrListPipelines } from "../../shared/dialects/lumenbase/pipelines.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-pipelines")
  .get("/", scope("deals:read"), retrieveOrListPipelines);

export default app;
