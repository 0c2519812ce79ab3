import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { listJobs } from "../../shared/dialects/lumenbase/jobs/list.ts";
import { retryJob } from "../../shared/dialects/lumenbase/jobs/retry.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-jobs")
  .get("/", scope("admin"), listJobs)
  .post("/retry", scope("admin"), retryJob);

export default app;
