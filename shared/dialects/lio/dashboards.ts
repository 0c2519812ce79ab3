import * as z from "zod";
import { domainError } from "../../crm/records.ts";
import {
  dashboardNamed,
  dashboardsSeenBy,
  savedDashboards,
  SCOPES,
} from "../../crm/saved-dashboards.ts";
import { column, json, number } from "../../crm/views/codecs.ts";
import { insertion } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { type Sql, sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { filter, oneOf } from "../../operations/filters.ts";
import { InvalidInput, RecordNotFound } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { time } from "./codecs.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { containingWords } from "./filters.ts";
import { userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";
import { readQuery } from "./reading.ts";
import { operationsBy, type RecordsBy } from "./records.ts";
import { deletedRecord } from "./schemas.ts";

const dashboard = view(savedDashboards, {
  id: number(),
  dashboard_id: column(),
  name: column(),
  scope: column(),
  definition: json(),
  revision: column(),
  owner_id: userNumber("user_id"),
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

/** What names a dashboard in a path. Throws InvalidInput for what can name none. */
function keyIn({ params: { id = "" } }: Pick<Call, "params">): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id)) return id;
  const message = "Must be the id of a dashboard, or its dashboard_id.";
  throw new InvalidInput([{ field: "id", message, in: "path" }]);
}

/** The revision that a change is of, so that it takes back nothing that was changed since. */
const inChanges = lazy((): z.ZodRawShape => {
  const message = "Must be the revision of the dashboard as it was read";
  return { if_revision: z.int32(message).min(1, message).optional() };
});

const records: RecordsBy<string> = {
  view: dashboard,
  names: { one: "dashboard", id: "Dashboard" },
  conflicts: ["creation", "change"],
  more: (of) => of === "change" ? inChanges() : {},
  create(given) {
    const { dashboard_id, name = dashboard_id } = given.columns;
    return insertion(dashboard, { ...given, columns: { ...given.columns, name } });
  },
  async also(values, call) {
    if (call.params.id !== undefined) await requireOwn(call);
    if (values.scope === "workspace" && userOf(call.caller).role === "rep") {
      const message = "A Rep shares dashboards with the team at most.";
      throw new Refusal("forbidden", message, { code: "role" });
    }
    return [];
  },
  change(key, { columns }, { if_revision }, call) {
    const given = { ...columns, ...(if_revision === undefined ? {} : { revision: if_revision }) };
    const set = Object.entries(given).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
    const where = ownNamed(key, call);
    return set.length === 0
      ? sql`select id from crm.dashboards where ${where}`
      : sql`update crm.dashboards set ${sql.join(set)} where ${where} returning id`;
  },
};

const { create, update } = operationsBy<string>(keyIn);

/** SQL that is true of the dashboard that a path names, if the caller may change it: the name may be another's by now. */
function ownNamed(key: string, { caller }: Pick<Call<LioCaller>, "caller">): Sql {
  const { userId, role } = userOf(caller);
  return sql`${dashboardNamed(key)} and (${role === "admin"} or user_id = ${userId}::uuid)`;
}

/** Refuses to change a dashboard of somebody else to who is no Admin. Throws Refusal. */
async function requireOwn(call: Call<LioCaller>): Promise<void> {
  const key = keyIn(call);
  const { userId, role } = userOf(call.caller);
  const isAdmin = role === "admin";
  const seen = dashboardsSeenBy(userId).met(sql`${userId}`);
  const [rows] = await call.workspace.read([statement(sql`
    select user_id is not distinct from ${userId}::uuid as is_own from crm.dashboards
    where ${dashboardNamed(key)} and (${isAdmin} or ${seen})`)]);
  const [stored] = rowsOf<{ is_own: boolean }>(rows);
  if (stored === undefined) throw new RecordNotFound("dashboard", key);
  if (stored.is_own || isAdmin) return;
  throw new Refusal("forbidden", "A dashboard is changed by its owner or an Admin.", {
    code: "role",
  });
}

/** A write whose retry gets its first answer also when the dashboard is gone by then. */
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

const remove: LioOperation = {
  kind: "write",
  get contract() {
    return {
      id: "deleteDashboard",
      summary: "Delete a dashboard",
      answers: { 200: deletedRecord() },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const key = keyIn(call);
    readQuery(call, noParameters());
    await requireOwn(call);
    const deletion = sql`delete from crm.dashboards where ${ownNamed(key, call)} returning number`;
    try {
      return await write(call, [statement(deletion)], ([rows]) => {
        const [gone] = rowsOf<{ number: number }>(rows);
        if (gone === undefined) throw new RecordNotFound("dashboard", key);
        return answer(200, { id: Number(gone.number), deleted: true }, "Dashboard deleted");
      });
    } catch (error) {
      throw domainError(savedDashboards, error);
    }
  },
};

/** Dashboards that users make of queries (spec: Dashboards and analytics). */
export default router<LioCaller>("/api/dashboards")
  .get(
    "/",
    scope("read"),
    list(dashboard, {
      id: "listDashboards",
      summary: "List dashboards",
      plural: "Dashboards",
      filters: {
        scope: filter(oneOf(SCOPES), (value) => ({ is: "equal", column: "scope", value })),
        search_value: containingWords("name"),
      },
      seen: ({ caller }) => [dashboardsSeenBy(caller.actor.id)],
      sorts: ["id", "dashboard_id", "name", "created_at", "updated_at"],
    }),
  )
  .post("/", scope("write"), create(records))
  .put("/:id", scope("write"), retried(update(records)))
  .delete("/:id", scope("write"), retried(remove));
