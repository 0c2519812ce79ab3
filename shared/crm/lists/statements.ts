import type { Statement } from "../../db/wire/pipeline.ts";
import { statement } from "../../db/sql.ts";
import { BoundedMap } from "../../memory/bounded-map.ts";
import { filterName, type ListRequest, strategyOf } from "./page.ts";
import { listSql } from "./sql.ts";

const MOST_SHAPES = 500;

/** Texts of lists by what they depend on, with the names of their values. */
const shapes = new BoundedMap<string, { text: string; names: readonly string[] }>(MOST_SHAPES);

/**
 * The statement that reads a page, one record more to know whether a page follows, and the total. Its
 * one row has `records`, JSON texts or null; `list_total`; and, where records do not show what they are
 * sorted by, `sort_value` of the last one of a full page.
 */
export function listStatement(request: ListRequest): Statement {
  const patterns = searchPatterns(request.search);
  const searching = patterns.length > 0;
  const key = shapeKey(request, searching);
  let shape = shapes.get(key);
  if (shape === undefined) {
    const { text, values } = statement(listSql(request, searching));
    shape = { text, names: values.map(String) };
    shapes.set(key, shape);
  }
  const values = valuesOf(request, patterns);
  const made: Statement = {
    text: shape.text,
    values: shape.names.map((name) => values[name]),
    byIndex: true,
  };
  return searching || isPlannedOnce(request) ? { ...made, prepared: true } : made;
}

// Which of several conditions is the narrow one depends on their values.
function isPlannedOnce(request: ListRequest): boolean {
  return request.filters.length < 2 || strategyOf(request) === "unique";
}

function shapeKey(
  { resource, filters, sort, order, perPage, from }: ListRequest,
  searching: boolean,
) {
  const begin = typeof from === "number" ? Math.min(from, 2) : "cursor";
  const columns = filters.map(([column]) => column);
  return [resource.name, searching, sort.column, order, perPage, begin, ...columns].join();
}

function valuesOf(
  { filters, perPage, from }: ListRequest,
  patterns: readonly string[],
): Record<string, unknown> {
  const [longest, ...others] = patterns;
  const values: Record<string, unknown> = { longest, others };
  for (const [column, value] of filters) values[filterName(column)] = value;
  if (typeof from !== "number") return { ...values, value: from.value, id: from.id };
  const skipped = (from - 1) * perPage;
  return { ...values, skipped, needed: skipped + perPage + 1 };
}

/** LIKE patterns that each contain one word of the search, longest first. */
function searchPatterns(search: string): string[] {
  return search.split(/\s+/).filter((word) => word !== "")
    .sort((a, b) => b.length - a.length)
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}
