import * as z from "zod";
import { type Sql, sql } from "../../db/sql.ts";
import { pascalCase } from "../../formats/pascal-case.ts";
import { lazy } from "../../memory/lazy.ts";
import type { Fields } from "../plan.ts";
import type { Resource, Sort } from "../resource.ts";
import { column } from "./codecs.ts";
import type { Codec, Field, Input } from "./field.ts";

/** A link given by the number of the record it links to, which is still to be looked up. */
export interface NumberedLink {
  /** Its name on the wire, for messages. */
  field: string;
  column: string;
  /** The other's kind, such as `user`, and the table it is in. */
  record: string;
  table: string;
  number: number;
}

/** What is set of a record: columns, and links whose ids are still to be looked up. */
export interface Given {
  columns: Fields;
  links: readonly NumberedLink[];
}

/** A record as one API names it; PostgreSQL writes its JSON under these names. */
export interface View<R extends Resource = Resource> {
  resource: R;
  fields: Readonly<Record<string, Field>>;
  /** The record as it is answered, under the name of its kind. */
  schema: z.ZodObject;
  /** What lists are sorted by, by the names of the fields that show it. */
  sorts: Readonly<Record<string, Sort>>;
}

/** Declares how one API names a resource: each field by its codec. */
export function view<R extends Resource>(
  resource: R,
  codecs: Readonly<Record<string, Codec>>,
): View<R> {
  const fields = Object.fromEntries(
    Object.entries(codecs).map(([name, codec]) => [name, codec(name, resource)]),
  );
  const schema = lazy(() =>
    z.object(
      Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema()])),
    ).meta({ id: pascalCase(resource.record) })
  );
  return {
    resource,
    fields,
    sorts: Object.fromEntries(
      Object.entries(fields).flatMap(([name, { shows }]) => {
        const sort = resource.sorts[shows ?? ""];
        return sort === undefined ? [] : [[name, sort]];
      }),
    ),
    get schema() {
      return schema();
    },
  };
}

const natives = new WeakMap<Resource, View>();

/** The resource under its own names. */
export function nativeView(resource: Resource): View {
  const known = natives.get(resource);
  if (known !== undefined) return known;
  const names = Object.keys(resource.columns);
  const made = view(resource, Object.fromEntries(names.map((name) => [name, column()])));
  natives.set(resource, made);
  return made;
}

/** SQL of a record's fields, of a row `page` that has the columns of {@link neededBy}. */
export function shown({ fields }: View): Sql {
  return sql.join(
    Object.entries(fields).map(([name, { value }]) =>
      value.text === sql.ref(name).text ? value : sql`${value} as ${sql.ref(name)}`
    ),
  );
}

/** The columns that the fields of a view are made of. */
export function neededBy({ fields }: View): string[] {
  return [...new Set(Object.values(fields).flatMap(({ needs }) => needs))];
}

/** What can be given for a view's fields, by their names; the others are read-only. */
export function inputsOf({ fields }: View): Record<string, Input> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { input }]) => input === null ? [] : [[name, input]]),
  );
}

/** What checked values of a view's fields set; those of read-only fields are passed over. */
export function given({ fields }: View, values: Fields): Given {
  const columns: Fields = {};
  const links: NumberedLink[] = [];
  for (const [name, { input }] of Object.entries(fields)) {
    const value = values[name];
    if (input === null || value === undefined) continue;
    if (value === null) columns[input.column] = null;
    else if (input.linksTo === undefined) columns[input.column] = input.stored(value);
    else {
      const { record, name: table } = input.linksTo;
      links.push({ field: name, column: input.column, record, table, number: Number(value) });
    }
  }
  return { columns, links };
}
