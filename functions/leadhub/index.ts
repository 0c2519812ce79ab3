import { leadhub } from "../../shared/dialects/leadhub/dialect.ts";
import { health } from "../../shared/dialects/leadhub/health.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";

const app = endpoint("leadhub", leadhub)
  .get("/api/v1/health", publicRoute, health)
  .mount("/api/v1/leads", () => import("../../shared/dialects/leadhub/leads.ts"))
  .mount("/api/v1/pipelines", () => import("../../shared/dialects/leadhub/pipelines.ts"))
  .mount("/api/v1/tags", () => import("../../shared/dialects/leadhub/tags.ts"))
  .mount("/api/v1/users", () => import("../../shared/dialects/leadhub/users.ts"));

export default app;
