import { activities } from "../../shared/crm/activities.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { create } from "../../shared/http/record-operations.ts";

const app = endpoint("v1-public-activities")
  .post("/", scope("activities:write"), create(activities));

export default app;
