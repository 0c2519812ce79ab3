import { invoices } from "../../shared/crm/invoices.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { scope } from "../../shared/http/operation.ts";
import { create, remove, update } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

const app = endpoint("v1-public-invoices")
  .get("/", scope("invoices:read"), retrieveOrList(invoices))
  .post("/", scope("invoices:write"), create(invoices))
  .patch("/", scope("invoices:write"), update(invoices))
  .delete("/", scope("invoices:write"), remove(invoices));

export default app;
