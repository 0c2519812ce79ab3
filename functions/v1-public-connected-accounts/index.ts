import { connectedAccounts } from "../../shared/crm/connected-accounts.ts";
import {
  connectApp,
  disconnectAccount,
} from "../../shared/dialects/lumenbase/accounts/operations.ts";
import {
  connectByConsent,
  listConsents,
} from "../../shared/dialects/lumenbase/accounts/consents.ts";
import { USERS_OWN } from "../../shared/dialects/lumenbase/admission.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";
import { scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-connected-accounts")
  .get("/", scope("admin"), retrieveOrList(connectedAccounts))
  .post("/", scope("admin"), connectApp)
  .delete("/", scope("admin"), disconnectAccount)
  .get("/consents", scope(USERS_OWN), listConsents)
  .post("/consents", scope(USERS_OWN), connectByConsent);

export default app;
