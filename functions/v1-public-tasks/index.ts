import { tasks } from "../../shared/crm/tasks.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { create, remove, update } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

const app = endpoint("v1-public-tasks")
  .get("/", scope("tasks:read"), retrieveOrList(tasks))
  .post("/", scope("tasks:write"), create(tasks))
  .patch("/", scope("tasks:write"), update(tasks))
  .delete("/", scope("tasks:write"), remove(tasks));

export default app;
