import * as z from "zod";
import type { Resource } from "../../crm/resource.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";

/** The query of a deletion that can say where leads and deals go. */
export const moveTo = lazy(() =>
  z.strictObject({
    move_to: z.string().regex(/^\d{1,15}$/, "Must be a whole number").transform(Number)
      .meta({ type: "integer", minimum: 1, pattern: undefined }).optional(),
  })
);

/** SQL of the id of where they go: null for nowhere, an id of none for a number that none has. */
export function target({ name }: Resource, number: unknown): Sql {
  if (number === undefined) return sql`null::uuid`;
  return sql`coalesce((select id from ${sql.table(`crm.${name}`)} where number = ${number}),
    '00000000-0000-0000-0000-000000000000'::uuid)`;
}
