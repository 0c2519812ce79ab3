import * as z from "zod";
import { jsonObject } from "../formats/json-object.ts";
import { REVISED_SINCE } from "../db/errors.ts";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Query } from "./lists/conditions.ts";
import { definitionSchema } from "./queries/definition.ts";
import { sharedWith } from "./shared-with.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { label } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

/** Who sees a dashboard besides its owner. */
export const SCOPES = ["personal", "team", "workspace"] as const;

const SCOPE = `Must be one of ${SCOPES.join(", ")}`;
const DASHBOARD_ID = "Must be 1 to 64 letters of A to Z, digits, _ and -, not digits alone";

/** What a dashboard is called in addresses. */
const dashboardId = () =>
  z.string().regex(/^(?!\d+$)[A-Za-z0-9_-]{1,64}$/, DASHBOARD_ID).meta({ examples: ["sales"] });

/** Dashboards that users make of queries. */
export const savedDashboards: WritableResource = resource({
  record: "dashboard",
  name: "dashboards",
  table: "crm.dashboards",
  columns: {
    id: column.id,
    dashboard_id: column.required(column.of(z.string(), dashboardId, { only: "creation" })),
    name: column.of(z.string(), () => label(255)),
    scope: column.of(z.enum(SCOPES), () => z.enum(SCOPES, SCOPE)),
    definition: column.of(jsonObject, definitionSchema),
    revision: column.readOnly(z.int()),
    user_id: column.readOnly(answer.link),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    name: { column: "name_key", type: "text" },
    dashboard_id: { column: "dashboard_id", type: "text", unique: true },
  },
  constraints: {
    dashboards_dashboard_id_key: {
      field: "dashboard_id",
      message: "Another dashboard has this dashboard_id.",
    },
    [REVISED_SINCE]: {
      field: "if_revision",
      message: "The dashboard was changed since: its revision is {detail} by now. Read it again.",
      blocks: true,
      code: "changed",
    },
  },
});

/** Dashboards that a user sees: their own, those of their team, and those of the workspace. */
export function dashboardsSeenBy(userId: string): Query {
  return sharedWith(userId, { column: "scope", all: "workspace" });
}

/** SQL that is true of the dashboard with a number, or with what it is called in addresses. */
export function dashboardNamed(key: string): Sql {
  return /^\d+$/.test(key)
    ? sql`number = ${Math.min(Number(key), Number.MAX_SAFE_INTEGER)}`
    : sql`dashboard_id = ${key}`;
}
