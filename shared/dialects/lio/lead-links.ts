import * as z from "zod";
import { lookup } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { sql } from "../../db/sql.ts";

const link = () => z.int().nullable();

/** The number of the user of a column. */
export function userNumber(column: string): Codec {
  return lookup(
    link,
    (of) => sql`select its.number from crm.users its where its.id = ${of(column)}`,
  );
}

/** The number of the lead that a record is of; of one that is of a contact alone, that person's oldest lead. */
export function leadNumber(): Codec {
  return lookup(
    link,
    (of) =>
      sql`select coalesce(
        (select its.number from crm.leads its where its.id = ${of("lead_id")}),
        (select min(its.number) from crm.leads its where ${of("lead_id")} is null
          and its.contact_id = ${of("contact_id")}))`,
  );
}
