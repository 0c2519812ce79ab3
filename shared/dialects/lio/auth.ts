import { publicRoute, scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";

/** Logging in and out (spec: Authentication and users). */
export default router<LioCaller>("/api/auth")
  .post("/login", publicRoute, login)
  .post("/logout", scope("own"), logout);
