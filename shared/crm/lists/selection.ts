import { type Sql, sql } from "../../db/sql.ts";
import type { View } from "../views/view.ts";
import { type Condition, met, named } from "./conditions.ts";
import { searchPatterns } from "./statements.ts";

/** The query that answers the ids of all records that meet conditions and hold the words of a search. */
export function selectIds(
  view: View,
  conditions: readonly Condition[],
  search: string,
): Sql {
  const { table } = view.resource;
  return sql`select id from ${sql.table(table)} where ${criteriaOf(view, conditions, search)}`;
}

/** SQL that is true of the records that meet conditions and hold the words of a search. */
export function criteriaOf(
  { resource }: View,
  conditions: readonly Condition[],
  search: string,
): Sql {
  const all = named(conditions);
  const values = new Map<string, unknown>(
    all.flatMap((one) => "value" in one ? [[one.name, one.value]] : []),
  );
  const [longest, ...others] = searchPatterns(search, resource.searchesPhones === true);
  const found = longest === undefined
    ? []
    : [sql`id in (select ${sql.raw(resource.search ?? "")}(${longest}, ${others}))`];
  return sql.join([...all.map((one) => bound(met(one), values)), ...found, sql`true`], sql` and `);
}

// Conditions are written with the names of their values.
function bound({ strings, values: names }: Sql, values: ReadonlyMap<string, unknown>): Sql {
  return sql(strings, ...names.map((name) => values.get(String(name))));
}
