import { router } from "../../http/router.ts";
import type { LeadHubCaller } from "./caller.ts";

export default router<LeadHubCaller>("/api/v1/pipelines");
