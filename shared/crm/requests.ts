import * as z from "zod";
import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import * as column from "./column.ts";
import { columnsOf } from "./records.ts";
import { type Resource, resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** The APIs whose requests are logged. */
export const LOGGED_APIS = ["lumenbase", "leadhub", "crm", "lio", "mcp"] as const;

/** The log of requests of the last 7 days. */
export const requests: Resource = resource({
  record: "request",
  name: "requests",
  table: "crm.requests",
  columns: {
    id: column.id,
    at: column.time,
    api: column.readOnly(z.enum(LOGGED_APIS)),
    method: column.readOnly(z.string()),
    path: column.readOnly(z.string()),
    status: column.readOnly(z.int()),
    ms: column.readOnly(z.number()),
    actor_kind: column.readOnly(z.string()),
    actor_id: column.readOnly(answer.id),
    request_id: column.readOnly(z.string()),
    error_code: column.readOnly(answer.text),
  },
  uncounted: true,
  sorts: { at: { column: "at", type: "timestamptz" } },
});

/** Which requests of the log are asked for. */
export interface RequestFilter {
  api_key_id?: string | undefined;
  user_id?: string | undefined;
  api?: string | undefined;
  /** One status, or a hundred of them: `4xx`. */
  status?: string | undefined;
  /** Only those that failed. */
  errors?: boolean | undefined;
  since?: string | undefined;
  /** Not included. */
  until?: string | undefined;
  /** What the path contains. */
  path?: string | undefined;
}

/** The request after which a page begins. */
export interface Place {
  at: string;
  id: string;
}

/** Selects requests, newest first. */
export function selectRequests(filter: RequestFilter, most: number, after?: Place): Statement {
  const conditions = [...conditionsOf(filter)];
  if (after) conditions.push(sql`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  return statement(sql`select ${columnsOf(requests)} from crm.requests
    where ${sql.join([sql`true`, ...conditions], sql` and `)}
    order by at desc, id desc limit ${most}`);
}

function* conditionsOf(filter: RequestFilter): Generator<Sql> {
  const { api_key_id, user_id, api, status, errors, since, until, path } = filter;
  if (api_key_id) yield sql`actor_kind in ('key', 'mcp') and actor_id = ${api_key_id}`;
  if (user_id) yield sql`actor_kind = 'user' and actor_id = ${user_id}`;
  if (api) yield sql`api = ${api}`;
  if (errors) yield ERRORS;
  if (status) yield* statusOf(status);
  if (since) yield sql`at >= ${since}::timestamptz`;
  if (until) yield sql`at < ${until}::timestamptz`;
  if (path) yield sql`position(${path} in path) > 0`;
}

// As the index of errors says it.
const ERRORS = sql`status >= 400`;

function* statusOf(status: string): Generator<Sql> {
  const hundred = Number(status[0]) * 100;
  if (hundred >= 400) yield ERRORS;
  if (status.endsWith("xx")) yield sql`status between ${hundred} and ${hundred + 99}`;
  else yield sql`status = ${Number(status)}`;
}

/** Selects how many requests there were, and how many failed, in each hour that had some, of so many days. */
export function selectHours(days: number): Statement {
  return statement(sql`select at, requests, errors from crm.request_hours
    where at > now() - make_interval(days => ${days}) order by at`);
}

/** Selects what the workspace, its connectors and its keys may do, and how much of it is used. */
export function selectUsedLimits(): Statement {
  return { text: "select * from app.used_limits()", values: [] };
}
