import { automations as resource, linksChecked } from "../../automations/automations.ts";
import { column, json, number } from "../../crm/views/codecs.ts";
import { writtenId } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { listRuns, retryRun } from "./automation-runs.ts";
import type { LeadHubCaller } from "./caller.ts";
import { list } from "./lists.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";

const automation = view(resource, {
  id: number(),
  name: column(),
  is_active: column(),
  trigger: json(),
  conditions: json(),
  actions: json(),
  runs_count: column(),
  last_run_at: column(),
  created_at: column(),
  updated_at: column(),
});

const automations: Records = {
  view: automation,
  names: { one: "automation", id: "Automation" },
  also: (values) => Promise.resolve(linksChecked(values, sql`${writtenId} is not null`)),
};

const read = scope("read:automations");
const write = scope("write:automations");

/** Automations (spec: Automations) and, beyond the reference, their runs. */
export default router<LeadHubCaller>("/api/v1/automations")
  .get(
    "/",
    read,
    list(automation, {
      id: "listAutomations",
      summary: "List automations",
      sorts: ["created_at", "updated_at", "name"],
    }),
  )
  .post("/", write, create(automations))
  .get("/:id", read, retrieve(automations))
  .put("/:id", write, update(automations, "replace"))
  .patch("/:id", write, update(automations, "update"))
  .delete("/:id", scope("delete:automations"), remove(automations))
  .get("/:id/runs", read, listRuns)
  .post("/:id/runs/:run_id/retry", write, retryRun);
