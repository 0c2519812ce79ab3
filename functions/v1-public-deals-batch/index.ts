import { batch } from "../../shared/dialects/lumenbase/batch.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-deals-batch")
  .post("/", scope("deals:write"), batch("deals"));

export default app;
