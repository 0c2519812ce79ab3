import { connectedAccounts } from "../../shared/crm/connected-accounts.ts";
import {
  connectApp,
  disconnectAccount,
} from "../../shared/dialects/lumenbase/accounts/operations.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-connected-accounts")
  .get("/", scope("admin"), retrieveOrList(connectedAccounts))
  .post("/", scope("admin"), connectApp)
  .delete("/", scope("admin"), disconnectAccount);

export default app;
