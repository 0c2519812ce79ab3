import { contactMerges } from "../../shared/crm/contact-merges.ts";
import { mergeContact, undoContactMerge } from "../../shared/dialects/lumenbase/contact-merges.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-contacts-merge")
  .get("/", scope("contacts:read"), retrieveOrList(contactMerges))
  .post("/", scope("contacts:write"), mergeContact)
  .post("/undo", scope("contacts:write"), undoContactMerge);

export default app;
