import { leadhub } from "../../shared/dialects/leadhub/dialect.ts";
import { health } from "../../shared/dialects/leadhub/health.ts";
import { PUBLICATION } from "../../shared/dialects/leadhub/openapi/publication.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import {
  contractDocument,
  type LoadContract,
  pageDocument,
} from "../../shared/openapi/publication.ts";

/** LeadHub's function, which publishes the contract that describes it. */
export function declared(contract: LoadContract) {
  return endpoint("leadhub", leadhub)
    .get("/openapi.json", publicRoute, contractDocument(PUBLICATION, contract))
    .get("/docs", publicRoute, pageDocument(PUBLICATION, contract))
    .get("/api/v1/health", publicRoute, health)
    .mount("/api/v1/leads", () => import("../../shared/dialects/leadhub/leads.ts"))
    .mount("/api/v1/pipelines", () => import("../../shared/dialects/leadhub/pipelines.ts"))
    .mount("/api/v1/tags", () => import("../../shared/dialects/leadhub/tags.ts"))
    .mount("/api/v1/users", () => import("../../shared/dialects/leadhub/users.ts"))
    .mount("/api/v1/automations", () => import("../../shared/dialects/leadhub/automations.ts"))
    .mount("/api/v1/integrations", () => import("../../shared/dialects/leadhub/integrations.ts"))
    .mount("/api/v1/forms", () => import("../../shared/dialects/leadhub/forms.ts"))
    .mount("/api/inbound", () => import("../../shared/dialects/leadhub/inbound.ts"));
}
