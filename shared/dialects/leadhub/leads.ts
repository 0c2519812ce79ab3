import { leadChange, leadCreation, type LeadParts, leadTags } from "../../crm/leads.ts";
import { label, optional } from "../../crm/values/fields.ts";
import { tagNames } from "../../crm/values/tag-names.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { equal, filter, linkTo } from "../../operations/filters.ts";
import type { LeadHubCaller } from "./caller.ts";
import { isSet, text, time } from "./filters.ts";
import { addTag, removeTag } from "./lead-tags.ts";
import { lead } from "./lead-view.ts";
import { list } from "./lists.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";

const records: Records = {
  view: lead,
  names: { one: "lead", id: "Lead" },
  more: () => ({ company: optional(label(255)), tags: optional(tagNames()) }),
  create: (given, values) => leadCreation(given, partsOf(values)),
  change: (number, given, values) => leadChange(number, given, partsOf(values)),
};

function partsOf({ company, tags }: LeadParts): LeadParts {
  return {
    ...(company === undefined ? {} : { company }),
    ...(tags === undefined ? {} : { tags }),
  };
}

const read = scope("read:leads");
const write = scope("write:leads");

/** Leads (spec: Leads). */
export default router<LeadHubCaller>("/api/v1/leads")
  .get(
    "/",
    read,
    list(lead, {
      id: "listLeads",
      summary: "List leads",
      filters: {
        source: equal("source", text),
        status: equal("status", text),
        pipeline_id: linkTo("pipelines", "pipeline_id"),
        stage_id: linkTo("stages", "stage_id"),
        assigned_user_id: linkTo("users", "assigned_to"),
        tag: filter(text, (value) => ({ is: "member", of: leadTags, value })),
        created_after: filter(time, (value) => ({ is: "after", column: "created_at", value })),
        created_before: filter(time, (value) => ({ is: "before", column: "created_at", value })),
        starred: isSet("starred"),
      },
      search: true,
      sorts: ["created_at", "updated_at", "lead_score", "first_name", "last_name", "email"],
    }),
  )
  .post("/", write, create(records))
  .get("/:id", read, retrieve(records))
  .put("/:id", write, update(records, "replace"))
  .patch("/:id", write, update(records, "update"))
  .delete("/:id", scope("delete:leads"), remove(records))
  .post("/:id/tags", write, addTag)
  .delete("/:id/tags/:tag", write, removeTag);
