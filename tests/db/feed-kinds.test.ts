import { expect, test } from "vitest";
import { KINDS } from "../../shared/dialects/lumenbase/events/kinds.ts";
import { asOwner } from "../support/workspace.ts";

/** Columns that the feed keeps to itself, in every table or in one. */
const UNTOLD = new Set([
  "number",
  // What the other APIs know of the native one's records.
  "contacts.unsubscribed",
  "companies.owner_id",
  "companies.relationship",
  "activities.message_deal_id",
  "activities.user_id",
  "deals.closed_at",
  "deals.stage_id",
  "deals.visited",
  "stages.system_key",
  "tasks.user_id",
  "users.role",
  "users.status",
  "users.last_sign_in_at",
]);

test("the feed tells every record that writes events, with every column that is not internal", async () => {
  const tables = await asOwner<{ resource: string; columns: string[]; times: string[] }>(
    `select c.relname as resource,
        array_agg(a.attname::text order by a.attname) as columns,
        coalesce(array_agg(a.attname::text order by a.attname)
          filter (where a.atttypid = 'timestamptz'::regtype), '{}') as times
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_attribute a on a.attrelid = c.oid
      where t.tgname = 'record_inserted' and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and a.attname <> 'workspace_id'
      group by 1 order by 1`,
  );
  const told = KINDS.map(({ resource, columns, times }) => ({
    resource,
    columns: columns.toSorted(),
    times: times.toSorted(),
  }));
  const shown = (table: string) => (column: string) =>
    !UNTOLD.has(column) && !UNTOLD.has(`${table}.${column}`);
  expect(told.toSorted((a, b) => a.resource < b.resource ? -1 : 1)).toEqual(
    tables.map(({ resource, columns, times }) => ({
      resource,
      columns: columns.filter(shown(resource)),
      times: times.filter(shown(resource)),
    })),
  );
});
