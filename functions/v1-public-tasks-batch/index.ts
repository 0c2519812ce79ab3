import { batch } from "../../shared/dialects/lumenbase/batch.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-tasks-batch")
  .post("/", scope("tasks:write"), batch("tasks"));

export default app;
