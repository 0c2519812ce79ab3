import * as z from "zod";
import { MODULES, savedViews, seenBy } from "../../crm/saved-views.ts";
import { column, json, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { filter, oneOf } from "../../operations/filters.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { time } from "./codecs.ts";
import type { LioOperation } from "./contract.ts";
import { containingWords } from "./filters.ts";
import { userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { create, type Records, remove, update } from "./records.ts";
import { checkedBy, requireKnown, viewColumns, viewFilters, viewSorting } from "./view-fields.ts";

type Module = (typeof MODULES)[number];

const savedView = view(savedViews, {
  id: number(),
  module_name: column(),
  view_name: column(),
  visibility: column(),
  filters: checkedBy(viewFilters, json()),
  columns: checkedBy(viewColumns, json()),
  sorting: checkedBy(viewSorting, json()),
  user_id: userNumber("user_id"),
  is_owner: () => ({
    schema: () => z.boolean(),
    value: sql`coalesce("user_id" = (select app.acting_user()), false)`,
    needs: ["user_id"],
    shows: null,
    input: null,
  }),
  created_at: time(),
  updated_at: time(),
});

const records: Records = {
  view: savedView,
  names: { one: "view", id: "View" },
  async also(values, call) {
    const stored = call.params.id === undefined ? undefined : await own(call);
    const module = MODULES.find((name) => name === (values.module_name ?? stored));
    if (module !== undefined) requireKnown(module, values);
    return [];
  },
};

/** The list of a view that its owner, or an Admin, is about to change. Throws Refusal. */
async function own(call: Call<LioCaller>): Promise<Module> {
  const its = pathNumber(call, "id");
  const { userId, role } = userOf(call.caller);
  const isAdmin = role === "admin";
  const seen = seenBy(userId).met(sql`${userId}`);
  const [rows] = await call.workspace.read([statement(sql`
    select module_name, user_id is not distinct from ${userId}::uuid as is_own from crm.saved_views
    where number = ${its} and (${isAdmin} or ${seen})`)]);
  const [stored] = rowsOf<{ module_name: Module; is_own: boolean }>(rows);
  if (stored === undefined) throw new RecordNotFound("view", String(its));
  if (stored.is_own || isAdmin) return stored.module_name;
  throw new Refusal("forbidden", "A view is changed by its owner or an Admin.", { code: "role" });
}

/** A write whose retry gets its first answer also when the view is gone by then. */
function retried(operation: LioOperation): LioOperation {
  const { kind, body } = operation;
  return {
    kind,
    ...(body && { body }),
    get contract() {
      return operation.contract;
    },
    async run(call) {
      return await answeredBefore(call) ?? await operation.run(call);
    },
  };
}

const removing = remove(records);

const removeOwn: LioOperation = {
  kind: "write",
  get contract() {
    return removing.contract;
  },
  async run(call) {
    readQuery(call, noParameters());
    await own(call);
    return await removing.run(call);
  },
};

const write = scope("write");

/** Views that users save of lists (spec: Custom fields, lookups, and views). */
export default router<LioCaller>("/api/custom-view")
  .get(
    "/list",
    scope("read"),
    list(savedView, {
      id: "listViews",
      summary: "List saved views",
      plural: "Views",
      filters: {
        module_name: filter(
          oneOf(MODULES),
          (value) => ({ is: "equal", column: "module_name", value }),
        ),
        search_value: containingWords("view_name"),
      },
      seen: ({ caller }) => [seenBy(caller.actor.id)],
      sorts: ["id", "view_name", "created_at", "updated_at"],
    }),
  )
  .post("/add", write, create(records))
  .post("/update/:id", write, retried(update(records)))
  .delete("/delete/:id", write, retried(removeOwn));
