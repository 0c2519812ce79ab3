import { opportunityChange, opportunityCreation, OUTCOMES } from "../../crm/opportunities.ts";
import { filterText } from "../../crm/values/fields.ts";
import { sql, statement } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { equal, filter, oneOf } from "../../operations/filters.ts";
import type { CrmCaller } from "./caller.ts";
import { ownedBy } from "./filters.ts";
import { changeStage } from "./lead-stage.ts";
import { timeline } from "./lead-timeline.ts";
import { lead } from "./lead-view.ts";
import { linkedBy, list } from "./lists.ts";
import { logActivity } from "./log-activity.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";

const leads: Records = {
  view: lead,
  names: { one: "lead", id: "Lead" },
  parameter: "lead_id",
  create: ({ columns }) => opportunityCreation(columns),
  change: (id, { columns }) => opportunityChange(id, columns),
};

const atStage = filter(filterText, async (value, { workspace }) => {
  const [rows = []] = await workspace.read([
    statement(sql`select text from app.stage_texts(${value}) text`),
  ]);
  const texts = rows.map(({ text }) => String(text));
  return { is: "among", column: "stage", type: "text", value: texts };
});

const read = scope("read:crm");
const write = scope("write:crm");

/** Leads: the core's deals (spec: leads). */
export default router<CrmCaller>("/api/crm/leads")
  .get(
    "/",
    read,
    list(lead, {
      id: "listLeads",
      summary: "List leads",
      plural: "leads",
      filters: {
        stage: atStage,
        stageId: linkedBy("stage_id"),
        companyId: linkedBy("company_id"),
        contactId: linkedBy("contact_id"),
        owner: ownedBy("assigned_to"),
        status: equal("outcome", oneOf(OUTCOMES)),
      },
      search: true,
      sort: "createdAt",
      order: "desc",
    }),
  )
  .post("/", write, create(leads))
  .get("/:lead_id", read, retrieve(leads))
  .patch("/:lead_id", write, update(leads))
  .delete("/:lead_id", write, remove(leads))
  .patch("/:lead_id/stage", write, changeStage)
  .get("/:lead_id/timeline", read, timeline)
  .post("/:lead_id/activities", write, logActivity("logLeadActivity", "lead_id"));
