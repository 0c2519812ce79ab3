import { ingestContact } from "../../shared/http/contact-ingest.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-contacts")
  .post("/", scope("contacts:write"), ingestContact);

export default app;
