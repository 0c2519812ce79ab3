import { worker } from "../../shared/dialects/worker/dialect.ts";
import { runJobs } from "../../shared/dialects/worker/run-jobs.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { secret } from "../../shared/http/operation.ts";
import { works } from "./works.ts";

const app = endpoint("worker", worker).post("/", secret("LUMENBASE_WORKER_SECRET"), runJobs(works));

export default app;
