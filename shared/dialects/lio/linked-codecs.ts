import * as z from "zod";
import { lookup } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { sql } from "../../db/sql.ts";

/** The number of the record of a table that a column links to; null for none. It is read-only. */
export function numberOf(
  table: "companies" | "contacts" | "leads" | "users",
  column: string,
): Codec {
  return lookup(
    () => z.int().nullable(),
    (of) =>
      sql`select its.number from ${sql.table(`crm.${table}`)} its where its.id = ${of(column)}`,
  );
}

/** The name of the record of a table that a column links to; null for none. */
export function nameOf(table: "companies" | "users", column: string): Codec {
  return lookup(
    () => z.string().nullable(),
    (of) => sql`select its.name from ${sql.table(`crm.${table}`)} its where its.id = ${of(column)}`,
  );
}

/** How many records of a table link to the record by a column, of those that the actor sees. */
export function countOf(table: "contacts" | "deals" | "leads", column: string): Codec {
  return lookup(
    () => z.int().min(0),
    (of) =>
      sql`select count(*) from ${sql.table(`crm.${table}`)} its
        where its.${sql.ref(column)} = ${of("id")}`,
  );
}

/** A codec whose lists are sorted by one of the resource's sorts. */
export function sortedBy(sort: string, codec: Codec): Codec {
  return (name, resource) => ({ ...codec(name, resource), shows: sort });
}
