import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { neededBy, shown, type View } from "./views/view.ts";

/** The columns in which companies are alike, and how much each says, in percent. */
const ALIKE = { industry: 40, size: 25, country: 20, city: 15 } as const;

const folded = (row: string, column: string) =>
  sql`lower(${sql`${sql.raw(row)}.${sql.ref(column)}`} collate "und-x-icu")`;

/**
 * Selects the companies most similar to one, as a view names them with `similarity` and `reasons`, the names
 * that `names` gives to the columns in which they are alike. Its one row: `records`, JSON text, and `total`.
 */
export function selectSimilar(
  view: View,
  number: number,
  limit: number,
  names: Readonly<Record<keyof typeof ALIKE, string>>,
): Statement {
  const same = (column: string) => sql`${folded("c", column)} = ${folded("one", column)}`;
  const sum = (of: (column: keyof typeof ALIKE) => Sql, separator: Sql) =>
    sql.join((["industry", "size", "country", "city"] as const).map(of), separator);
  const points = sum(
    (column) => sql`case when ${same(column)} then ${sql.raw(String(ALIKE[column]))} else 0 end`,
    sql` + `,
  );
  const reasons = sum(
    (column) => sql`case when ${same(column)} then ${sql.literal(names[column])} end`,
    sql`, `,
  );
  const columns = sql.join(neededBy(view).map((column) => sql.ref(`c.${column}`)));
  return statement(sql`with alike as materialized (
      select c.id, ${points} as similarity, array_remove(array[${reasons}], null) as reasons
      from crm.companies one, crm.companies c
      where one.number = ${number} and c.id <> one.id and (${
    sum((column) => same(column), sql` or `)
  })
    )
    select coalesce((select json_agg(record) from (
        select ${shown(view)}, similarity, reasons from (
          select ${columns}, alike.similarity, alike.reasons, c.number as place
          from alike join crm.companies c on c.id = alike.id
          order by alike.similarity desc, c.number limit ${limit}) page
        order by similarity desc, place) record), '[]')::text as records,
      (select count(*) from alike)::int as total`);
}
