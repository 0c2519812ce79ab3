import { roles } from "../../shared/crm/roles.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { create, update } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";
import { deleteRole } from "../../shared/dialects/lumenbase/roles.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-roles")
  .get("/", scope("admin"), retrieveOrList(roles))
  .post("/", scope("admin"), create(roles))
  .patch("/", scope("admin"), update(roles))
  .delete("/", scope("admin"), deleteRole);

export default app;
