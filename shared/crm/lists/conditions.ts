import { type Sql, sql } from "../../db/sql.ts";
import type { Resource } from "../resource.ts";

/** Groups that records are in, such as their tags. */
export interface Membership {
  /** The table of links, with its columns for the record and for the group. */
  table: string;
  record: string;
  group: string;
  /** The groups' table, with its column of lower-case names. */
  groups: string;
  key: string;
  /** Set when `crm.record_counts` counts the links by their group. */
  isCounted?: true;
}

/**
 * What a column must be equal to: a value, lower-case text, the id of the record with a number, or the email of who is
 * known by one.
 */
export type Equality =
  | { is: "equal"; column: string; value: string }
  | { is: "known"; column: string; value: string }
  | { is: "folded"; column: string; value: string }
  | { is: "numbered"; column: string; table: string; value: number };

/** What comes after or before a value, which is not part of it. */
export type Range = { is: "after" | "before"; column: string; value: string };

/** What a query tells of a value, which it is given as SQL; `shape` tells queries apart. */
export interface Query {
  is: "query";
  shape: string;
  /** The record's columns that it names. */
  columns: readonly string[];
  value: unknown;
  met(value: Sql): Sql;
  /** The values, each once, that a column must have one of; without it, records are not looked up by them. */
  hits?: { column: string; values(value: Sql): Sql };
}

/** What the records of a list have in common. */
export type Condition =
  | Equality
  | Range
  | { is: "among"; column: string; type: "text" | "uuid" | "bigint"; value: readonly string[] }
  | { is: "null" | "present"; column: string }
  | { is: "member"; of: Membership; value: string }
  | Query;

/** Conditions, and what stands for the value of each in the SQL of a list. */
export type Named<C extends Condition = Condition> = C & { name: string };

/** That a column of a resource has a value, or that the record is known by it. */
export function equalTo(
  { knownBy }: Pick<Resource, "knownBy">,
  column: string,
  value: string,
): Equality {
  return { is: column === knownBy ? "known" : "equal", column, value };
}

/** Gives conditions the names of their values. */
export function named(conditions: readonly Condition[]): Named[] {
  return conditions.map((condition, at) => ({ ...condition, name: `condition ${at}` }));
}

export function isEquality(condition: Named): condition is Named<Equality> {
  return ["equal", "known", "folded", "numbered"].includes(condition.is);
}

export function isRange(condition: Named): condition is Named<Range> {
  return condition.is === "after" || condition.is === "before";
}

/** What distinguishes the SQL of a condition from that of others. */
export function shapeOf(condition: Condition): string {
  if (condition.is === "member") return `member ${JSON.stringify(condition.of)}`;
  if (condition.is === "query") return `query ${condition.shape}`;
  const table = condition.is === "numbered" ? ` ${condition.table}` : "";
  return `${condition.is} ${condition.column}${table}`;
}

/** The value that a column must be equal to. */
export function valueOf(condition: Named<Equality>): Sql {
  switch (condition.is) {
    case "equal":
      return sql`${condition.name}`;
    case "known":
      return sql`(select app.present_email(${condition.name}))`;
    case "folded":
      return folded(condition.name);
    case "numbered":
      return sql`(select id from ${sql.table(condition.table)} where number = ${condition.name})`;
  }
}

/** SQL that is true of the records that meet a condition. */
export function met(condition: Named): Sql {
  switch (condition.is) {
    case "equal":
    case "known":
    case "folded":
    case "numbered":
      return sql`${sql.ref(condition.column)} = ${valueOf(condition)}`;
    case "after":
      return sql`${sql.ref(condition.column)} > ${condition.name}`;
    case "before":
      return sql`${sql.ref(condition.column)} < ${condition.name}`;
    case "among":
      return sql`${sql.ref(condition.column)} = any(${condition.name})`;
    case "null":
      return sql`${sql.ref(condition.column)} is null`;
    case "present":
      return sql`${sql.ref(condition.column)} is not null`;
    case "member": {
      const { of: { table, record, group } } = condition;
      return sql`id in (select ${sql.ref(record)} from ${sql.table(table)}
        where ${sql.ref(group)} = ${groupOf(condition)})`;
    }
    case "query":
      return condition.met(sql`${condition.name}`);
  }
}

/** How many records meet a condition, when `crm.record_counts` knows: the rows that it adds up. */
export function countedBy(
  condition: Named,
  resource: { name: string; counted?: readonly string[] },
): { resource: string; field: string; value: Sql } | null {
  if (condition.is === "member") {
    const { table, group, isCounted } = condition.of;
    const value = sql`${groupOf(condition)}::text`;
    return isCounted ? { resource: table.replace("crm.", ""), field: group, value } : null;
  }
  if (condition.is === "query" || !resource.counted?.includes(condition.column)) return null;
  const counted = { resource: resource.name, field: condition.column };
  if (condition.is === "among") return { ...counted, value: sql`any(${condition.name})` };
  if (condition.is === "numbered") return { ...counted, value: sql`${valueOf(condition)}::text` };
  return condition.is === "equal" ? { ...counted, value: valueOf(condition) } : null;
}

/** What names the records that meet a condition one by one: values `hit`, and what they are of. */
export interface Hits {
  condition: Named;
  values: Sql;
  of: Sql;
}

/**
 * The hits of the condition that records are best looked up by: that they are in a group, else have one
 * of several values. Null when it is left to the planner, which knows nothing of either.
 */
export function hitsOf(conditions: readonly Named[]): Hits | null {
  for (const condition of conditions) {
    if (condition.is !== "member") continue;
    const { of: { table, record, group } } = condition;
    const values = sql`select distinct ${sql.ref(record)} as hit from ${sql.table(table)}
      where ${sql.ref(group)} = ${groupOf(condition)}`;
    return { condition, values, of: sql`id = hit` };
  }
  if (conditions.some(isEquality)) return null;
  for (const condition of conditions) {
    if (condition.is === "query" && condition.hits) {
      const { column: name, values } = condition.hits;
      const of = sql`${sql.ref(name)} >= hit and ${sql.ref(name)} <= hit`;
      return { condition, values: values(sql`${condition.name}`), of };
    }
    if (condition.is !== "among") continue;
    const column = sql.ref(condition.column);
    const values = sql`select distinct unnest(${condition.name}::${
      sql.raw(condition.type)
    }[]) as hit`;
    return { condition, values, of: sql`${column} >= hit and ${column} <= hit` };
  }
  return null;
}

function groupOf({ of: { groups, key }, name }: Named<Extract<Condition, { is: "member" }>>): Sql {
  return sql`(select id from ${sql.table(groups)} where ${sql.ref(key)} = ${folded(name)})`;
}

// As the key columns are made: lower(name) of a name that is compared as in the root locale.
function folded(name: string): Sql {
  return sql`(lower(${name}::text collate "und-x-icu") collate "C")`;
}
