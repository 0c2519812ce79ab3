import { contacts } from "../../shared/crm/contacts.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { retrieveIds } from "../../shared/dialects/lumenbase/record-ids.ts";
import { remove, update } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

const app = endpoint("v1-public-contacts-crud")
  .get("/", scope("contacts:read"), retrieveOrList(contacts))
  .get("/ids", scope("contacts:read"), retrieveIds(contacts))
  .patch("/", scope("contacts:write"), update(contacts))
  .delete("/", scope("contacts:write"), remove(contacts));

export default app;
