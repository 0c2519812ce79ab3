import { dealChange, dealCreation, deletionOfDeals } from "../../crm/lead-deals.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { linkTo } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { dealGiven, dealParts } from "./deal-body.ts";
import { deal } from "./deal-view.ts";
import { assignedTo } from "./lead-list.ts";
import { list } from "./lists.ts";
import { create, type Records, update } from "./records.ts";
import { removeByIds } from "./removal-by-ids.ts";

const records: Records = {
  view: deal,
  names: { one: "deal", id: "Deal" },
  more: dealParts,
  create: (given, values) => dealCreation(dealGiven(given, values)),
  change: (number, given, values) => dealChange(number, dealGiven(given, values)),
};

/** Deals (spec: Pipelines and deals). */
export default router<LioCaller>("/api/lead/deal")
  .get(
    "/list",
    scope("read"),
    list(deal, {
      id: "listDeals",
      summary: "List deals",
      plural: "Deals",
      filters: {
        lead_id: linkTo("leads", "lead_id"),
        pipeline_id: linkTo("pipelines", "pipeline_id"),
        status: linkTo("stages", "stage_id"),
        assigned_to: assignedTo,
      },
      search: true,
      sorts: ["id", "title", "value", "expected_close_date", "created_at", "updated_at"],
    }),
  )
  .post("/add", scope("write"), create(records))
  .post("/update/:id", scope("write"), update(records))
  .delete(
    "/delete",
    scope("manage"),
    removeByIds({ resource: deal.resource, plural: "deals", work: deletionOfDeals }),
  );
