import { equal, filter } from "../../operations/filters.ts";
import * as z from "zod";
import { filterText } from "../../crm/values/fields.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { CrmCaller } from "./caller.ts";
import { ownedBy } from "./filters.ts";
import { linkedBy, list } from "./lists.ts";
import { task } from "./task-view.ts";

const isTrue = () => z.enum(["true"], "Must be true; leave the parameter out for all tasks");

/** Tasks (spec: tasks). */
export default router<CrmCaller>("/api/crm/tasks")
  .get(
    "/",
    scope("read:crm"),
    list(task, {
      id: "listTasks",
      summary: "List tasks",
      plural: "tasks",
      filters: {
        leadId: linkedBy("deal_id"),
        companyId: linkedBy("company_id"),
        contactId: linkedBy("contact_id"),
        owner: ownedBy("assigned_to"),
        status: equal("status", filterText),
        overdue: filter(isTrue, () => [
          { is: "equal", column: "is_done", value: "false" },
          { is: "before", column: "due_date_key", value: utcToday() },
        ]),
      },
      sort: "dueDate",
      order: "asc",
    }),
  );

function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}
