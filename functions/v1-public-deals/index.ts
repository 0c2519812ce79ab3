import { deals } from "../../shared/crm/deals.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { retrieveIds } from "../../shared/dialects/lumenbase/record-ids.ts";
import { create, remove, update } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

const app = endpoint("v1-public-deals")
  .get("/", scope("deals:read"), retrieveOrList(deals))
  .get("/ids", scope("deals:read"), retrieveIds(deals))
  .post("/", scope("deals:write"), create(deals))
  .patch("/", scope("deals:write"), update(deals))
  .delete("/", scope("deals:write"), remove(deals));

export default app;
