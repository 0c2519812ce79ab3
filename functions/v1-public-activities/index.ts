import { activities } from "../../shared/crm/activities.ts";
import { connectable } from "../../shared/dialects/lumenbase/connectors/connectable.ts";
import { answerHandshake } from "../../shared/dialects/lumenbase/connectors/handshake.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { create } from "../../shared/dialects/lumenbase/record-operations.ts";

const app = endpoint("v1-public-activities")
  .get("/", scope("activities:write"), answerHandshake("activity"))
  .post("/", scope("activities:write"), connectable("activity", create(activities)));

export default app;
