import { companies } from "../../shared/crm/companies.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { retrieveIds } from "../../shared/dialects/lumenbase/record-ids.ts";
import { create, remove, update } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

const app = endpoint("v1-public-companies")
  .get("/", scope("companies:read"), retrieveOrList(companies))
  .get("/ids", scope("companies:read"), retrieveIds(companies))
  .post("/", scope("companies:write"), create(companies))
  .patch("/", scope("companies:write"), update(companies))
  .delete("/", scope("companies:write"), remove(companies));

export default app;
