import * as z from "zod";
import { column } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";

const milliseconds = lazy(() =>
  z.iso.datetime({ precision: 3 }).meta({ examples: ["2026-06-15T09:14:32.000Z"] })
);

/** A time in milliseconds (decisions: 1, times). */
export function time(from?: string): Codec {
  return (name, resource) => {
    const field = column(from)(name, resource);
    const value = sql.ref(from ?? name);
    const isNullable = field.schema() instanceof z.ZodNullable;
    const schema = () => isNullable ? milliseconds().nullable() : milliseconds();
    return { ...field, schema, value: sql`to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` };
  };
}
