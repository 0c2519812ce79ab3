import { filterText } from "../../crm/values/fields.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { equal } from "../../operations/filters.ts";
import { activity } from "./activity-view.ts";
import type { CrmCaller } from "./caller.ts";
import { linkedBy, list } from "./lists.ts";
import { logActivity } from "./log-activity.ts";

/** Activities (spec: activities). */
export default router<CrmCaller>("/api/crm/activities")
  .get(
    "/",
    scope("read:crm"),
    list(activity, {
      id: "listActivities",
      summary: "List activities",
      plural: "activities",
      filters: {
        leadId: linkedBy("deal_id"),
        companyId: linkedBy("company_id"),
        contactId: linkedBy("contact_id"),
        type: equal("type", filterText),
      },
      sort: "occurredAt",
      order: "desc",
    }),
  )
  .post("/", scope("write:crm"), logActivity("logActivity"));
