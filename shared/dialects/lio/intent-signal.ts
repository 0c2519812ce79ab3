import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { logSignal } from "./log-signal.ts";

/** Signals at the path that integrations know (spec: Intent signals and email tracking). */
export default router<LioCaller>("/api/v1/intent-signal").post(
  "/",
  scope("write"),
  logSignal("logIntentSignal"),
);
