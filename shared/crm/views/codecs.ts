import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../../db/sql.ts";
import type { Column } from "../column.ts";
import type { Resource } from "../resource.ts";
import { isTime } from "../values/record-schema.ts";
import type { Codec, Field, Input } from "./field.ts";

/** A column as it is: the one of the field's name, or another. */
export function column(from?: string): Codec {
  return (name, resource) => plain(from ?? name, resource);
}

/** A column of JSON, whose numbers keep all their digits also when they are given. */
export function json(from?: string): Codec {
  return (name, resource) => {
    const field = plain(from ?? name, resource);
    return {
      ...field,
      input: field.input && { ...field.input, stored: (value) => stringify(value) },
    };
  };
}

/** The record's own number. */
export function number(): Codec {
  return () => ({
    schema: () => z.int(),
    value: sql.ref("number"),
    needs: ["number"],
    shows: "number",
    input: null,
  });
}

/** A link, as the number of the record it links to; null when there is none. */
export function linked(to: Resource, from?: string): Codec {
  return (name, resource) => {
    const { input, needs } = plain(from ?? name, resource);
    const isNullable = columnOf(from ?? name, resource).answer instanceof z.ZodNullable;
    const table = sql.table(`crm.${to.name}`);
    return {
      schema: () => isNullable ? z.int().nullable() : z.int(),
      value: sql`(select other.number from ${table} other where other.id = ${of(from ?? name)})`,
      needs,
      shows: null,
      input: input && { ...input, check: () => z.int("Must be a whole number"), linksTo: to },
    };
  };
}

/** A column of few words, each under another word on the wire. */
export function coded(words: Readonly<Record<string, string>>, from?: string): Codec {
  return (name, resource) => {
    const { input, needs } = plain(from ?? name, resource);
    const cases = Object.entries(words).map(([word, wire]) =>
      sql`when ${sql.literal(word)} then ${sql.literal(wire)}`
    );
    const stored = new Map(Object.entries(words).map(([word, wire]) => [wire, word]));
    const spoken = [...stored.keys()];
    const check = () => z.enum(spoken, `Must be one of ${spoken.join(", ")}`);
    const isNullable = columnOf(from ?? name, resource).answer instanceof z.ZodNullable;
    return {
      schema: () => isNullable ? z.enum(spoken).nullable() : z.enum(spoken),
      value: sql`case ${of(from ?? name)} ${sql.join(cases, sql` `)} end`,
      needs,
      shows: null,
      input: input && { ...input, check, stored: (wire) => stored.get(String(wire)) },
    };
  };
}

/**
 * What a query finds for the record, which is read-only: it runs for the records of a page alone. The
 * query names the record's columns by its parameter, and binds no values.
 */
export function lookup(
  schema: () => z.ZodType,
  query: (column: (name: string) => Sql) => Sql,
): Codec {
  return () => {
    const needs = new Set<string>();
    const found = query((name) => {
      needs.add(name);
      return of(name);
    });
    if (found.values.length > 0) throw new Error("the query of a view binds values");
    return { schema, value: sql`(${found})`, needs: [...needs], shows: null, input: null };
  };
}

// A column of the row whose fields are shown, also within a query on another table.
function of(name: string): Sql {
  return sql`page.${sql.ref(name)}`;
}

function columnOf(name: string, { columns, name: resource }: Resource): Column {
  const found = columns[name];
  if (found === undefined) throw new Error(`${resource} has no column ${name}`);
  return found;
}

function plain(name: string, resource: Resource): Field {
  const { answer, check, clears, isRequired, only } = columnOf(name, resource);
  const input: Input | null = check && {
    column: name,
    check,
    clears,
    isRequired,
    only,
    stored: (value) => value,
  };
  return { schema: () => answer, value: valueOf(name, answer), needs: [name], shows: name, input };
}

// Times with all six digits of the fraction; the session's are in UTC.
function valueOf(name: string, answer: z.ZodType): Sql {
  const value = sql.ref(name);
  return isTime(answer) ? sql`to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : value;
}
