import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { USERS_OWN } from "../../shared/dialects/lumenbase/admission.ts";
import { getSession, signOut } from "../../shared/dialects/lumenbase/sessions/session.ts";
import { signIn } from "../../shared/dialects/lumenbase/sessions/sign-in.ts";
import { publicRoute, scope } from "../../shared/http/operation.ts";

const app = endpoint("v1-public-sign-in")
  .get("/", scope(USERS_OWN), getSession)
  .post("/", publicRoute, signIn)
  .post("/sign-out", scope(USERS_OWN), signOut);

export default app;
