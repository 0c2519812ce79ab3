import * as z from "zod";
import { deals } from "../../crm/deals.ts";
import { invoices } from "../../crm/invoices.ts";
import { dueTasks } from "../../crm/logged.ts";
import type { Scope } from "../../crm/scopes.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { scope } from "../../http/operation.ts";
import { lazy } from "../../memory/lazy.ts";
import { cursor, limit } from "./arguments.ts";
import { readParts } from "./parts.ts";
import type { Wanted } from "./read-lists.ts";
import { READS, tool } from "./tool.ts";
import { listOf } from "./tool-schemas.ts";

const input = lazy(() =>
  z.strictObject({
    as_of: calendarDate()
      .describe(
        "What was due before this date is overdue; today in UTC unless given. With a cursor, the as_of that was answered.",
      ).optional(),
    limit: limit(),
    cursor: cursor(),
  })
);

const output = lazy(() =>
  z.object({
    as_of: z.string(),
    tasks: listOf(dueTasks).optional(),
    invoices: listOf(invoices).optional(),
    deals: listOf(deals).optional(),
    not_covered: z.array(z.string()),
  })
);

/** What should have been done, paid or closed by now. */
export const listOverdue = tool({
  name: "list_overdue",
  title: "List what is overdue",
  description: "Lists tasks that are not done, invoices that were sent and not paid, and open " +
    "deals, of each those whose due or expected close date is past, the longest overdue first. " +
    "Invoices and deals are told if the key may read them; not_covered names the scopes it lacks.",
  scope: scope<Scope>("tasks:read"),
  annotations: READS,
  input,
  output,
  async run(call, { as_of = new Date().toISOString().slice(0, 10), limit: size, cursor: at }) {
    const due = { sort: "due_date", order: "asc", size } satisfies Partial<Wanted>;
    const before = (column: string) => ({ is: "before" as const, column, value: as_of });
    const among = { is: "among" as const, column: "status", type: "text" as const };
    const parts = await readParts(call, {
      tasks: {
        scope: "tasks:read",
        resource: dueTasks,
        conditions: [{ is: "equal", column: "is_done", value: "false" }, before("due_date_key")],
        ...due,
      },
      invoices: {
        scope: "invoices:read",
        resource: invoices,
        conditions: [{ ...among, value: ["sent", "overdue"] }, before("due_date_key")],
        ...due,
      },
      deals: {
        scope: "deals:read",
        resource: deals,
        conditions: [
          { is: "equal", column: "status", value: "open" },
          before("expected_close_date_key"),
        ],
        ...due,
        sort: "expected_close_date",
      },
    }, at);
    return { as_of, ...parts };
  },
});
