import { connectable } from "../../shared/dialects/lumenbase/connectors/connectable.ts";
import { answerHandshake } from "../../shared/dialects/lumenbase/connectors/handshake.ts";
import { ingestContact } from "../../shared/dialects/lumenbase/contact-ingest.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-contacts")
  .get("/", scope("contacts:write"), answerHandshake("contact"))
  .post("/", scope("contacts:write"), connectable("contact", ingestContact));

export default app;
