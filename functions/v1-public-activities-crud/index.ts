import { activities } from "../../shared/crm/activities.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { remove } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

const app = endpoint("v1-public-activities-crud")
  .get("/", scope("activities:read"), retrieveOrList(activities))
  .delete("/", scope("activities:write"), remove(activities));

export default app;
