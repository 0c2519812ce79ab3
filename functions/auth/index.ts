import {
  changePassword,
  refresh,
  signIn,
  signOut,
} from "../../shared/dialects/crm-http/auth/operations.ts";
import { crmHttp } from "../../shared/dialects/crm-http/dialect.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";

const app = endpoint("auth", crmHttp)
  .post("/sign-in", publicRoute, signIn)
  .post("/refresh", publicRoute, refresh)
  .post("/sign-out", publicRoute, signOut)
  .post("/change-password", publicRoute, changePassword);

export default app;
