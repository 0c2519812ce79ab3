import { crmHttp } from "../../shared/dialects/crm-http/dialect.ts";
import { PUBLICATION } from "../../shared/dialects/crm-http/openapi/publication.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { publicRoute } from "../../shared/http/operation.ts";
import {
  contractDocument,
  type LoadContract,
  pageDocument,
} from "../../shared/openapi/publication.ts";

/** The function of the CRM HTTP API, which publishes the contract that describes it. */
export function declared(contract: LoadContract) {
  return endpoint("crm", crmHttp)
    .get("/openapi.json", publicRoute, contractDocument(PUBLICATION, contract))
    .get("/docs", publicRoute, pageDocument(PUBLICATION, contract))
    .mount("/api/crm/companies", () => import("../../shared/dialects/crm-http/companies.ts"))
    .mount("/api/crm/contacts", () => import("../../shared/dialects/crm-http/contacts.ts"))
    .mount("/api/crm/activities", () => import("../../shared/dialects/crm-http/activities.ts"))
    .mount("/api/crm/dashboard", () => import("../../shared/dialects/crm-http/dashboard.ts"))
    .mount("/api/crm/prospecting", () => import("../../shared/dialects/crm-http/prospecting.ts"))
    .mount("/api/crm/tasks", () => import("../../shared/dialects/crm-http/tasks.ts"))
    .mount(
      "/api/crm/outbound-email",
      () => import("../../shared/dialects/crm-http/outbound-email.ts"),
    )
    .mount(
      "/api/crm/outbound-email-connections",
      () => import("../../shared/dialects/crm-http/outbound-email-connections.ts"),
    )
    .mount("/api/crm/leads", () => import("../../shared/dialects/crm-http/leads.ts"))
    .mount(
      "/api/crm/pipeline-stages",
      () => import("../../shared/dialects/crm-http/pipeline-stages.ts"),
    );
}
