import { type Sql, sql } from "../../db/sql.ts";
import type { View } from "../views/view.ts";
import { neededBy, shown } from "../views/view.ts";
import type { Condition } from "./conditions.ts";
import { criteriaOf } from "./selection.ts";

/** Which records are read one piece after another, in the order of their numbers. */
export interface Chosen {
  conditions: readonly Condition[];
  /** Words that must all occur in the text that is searched; blank for any. */
  search: string;
}

/** A record of a piece: its number and its JSON text, and how many there were to read. */
export interface PieceRow {
  number: string;
  record: string;
  found: number;
}

/**
 * The query of the records after a number, as the view names them: at most so many, and no more than the first
 * ones that have so many bytes together. Its rows are `PieceRow`s.
 */
export function pieceOf(
  view: View,
  { conditions, search }: Chosen,
  after: number | string,
  { most, bytes }: { most: number; bytes: number },
): Sql {
  const columns = [...new Set([...neededBy(view), "number"])];
  return sql`select number::text as number, record, found::int as found
    from (
      select number, record, count(*) over () as found,
        sum(octet_length(record)) over (order by number) - octet_length(record) as before
      from (
        select number,
          row_to_json((select record from (select ${shown(view)}) record))::text as record
        from (
          select ${sql.join(columns.map(sql.ref))} from ${sql.table(view.resource.table)}
          where ${criteriaOf(view, conditions, search)} and number > ${after}
          order by number limit ${most}) page) piece) sized
    where before < ${bytes} order by number`;
}

/**
 * The query of the keys of a column of objects in the records after a number, of at most so many records. Its row has
 * `keys`, the `last` record's number, and how many were `found`.
 */
export function keysOf(
  view: View,
  column: string,
  { conditions, search }: Chosen,
  after: number | string,
  most: number,
): Sql {
  return sql`with page as materialized (
      select number, ${sql.ref(column)} as keyed from ${sql.table(view.resource.table)}
      where ${criteriaOf(view, conditions, search)} and number > ${after}
      order by number limit ${most})
    select array(select distinct jsonb_object_keys(keyed) from page) as keys,
      (select max(number)::text from page) as last, (select count(*)::int from page) as found`;
}
