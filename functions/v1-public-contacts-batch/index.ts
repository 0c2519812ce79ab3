import { ingestContactBatch } from "../../shared/dialects/lumenbase/contact-batch.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-contacts-batch")
  .post("/", scope("contacts:write"), ingestContactBatch);

export default app;
