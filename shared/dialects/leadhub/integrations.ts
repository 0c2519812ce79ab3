import { INTEGRATION_TYPES } from "../../crm/integrations.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { equal, oneOf } from "../../operations/filters.ts";
import type { LeadHubCaller } from "./caller.ts";
import { deliveryList, replayDeliveries, replayDelivery } from "./deliveries.ts";
import { createIntegration, updateIntegration } from "./integration-operations.ts";
import { listTypes } from "./integration-types.ts";
import { integration } from "./integration-view.ts";
import { list } from "./lists.ts";
import { type Records, remove, retrieve } from "./records.ts";
import { rotateIntegrationSecret } from "./rotate-secret.ts";

const integrations: Records = {
  view: integration,
  names: { one: "integration", id: "Integration" },
};

const DELIVERIES = "/:id/deliveries";

export default router<LeadHubCaller>("/api/v1/integrations")
  .get("/types", scope("read:integrations"), listTypes)
  .get(
    "/",
    scope("read:integrations"),
    list(integration, {
      id: "listIntegrations",
      summary: "List integrations",
      filters: { type: equal("type", oneOf(INTEGRATION_TYPES)) },
      sorts: ["created_at", "updated_at", "name"],
    }),
  )
  .post("/", scope("write:integrations"), createIntegration)
  .get("/:id", scope("read:integrations"), retrieve(integrations))
  .put("/:id", scope("write:integrations"), updateIntegration("replace"))
  .patch("/:id", scope("write:integrations"), updateIntegration("update"))
  .delete("/:id", scope("write:integrations"), remove(integrations))
  .post("/:id/rotate-secret", scope("write:integrations"), rotateIntegrationSecret)
  .get(DELIVERIES, scope("read:integrations"), deliveryList)
  .post(`${DELIVERIES}/replay`, scope("write:integrations"), replayDeliveries)
  .post(`${DELIVERIES}/:delivery_id/replay`, scope("write:integrations"), replayDelivery);
