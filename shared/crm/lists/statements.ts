import type { Statement } from "../../db/wire/pipeline.ts";
import { statement } from "../../db/sql.ts";
import { BoundedMap } from "../../memory/bounded-map.ts";
import { shapeOf } from "./conditions.ts";
import { type PageQuery, strategyOf } from "./page.ts";
import { listSql } from "./sql.ts";
import type { View } from "../views/view.ts";

const MOST_SHAPES = 500;

type Shapes = BoundedMap<string, { text: string; names: readonly string[] }>;

/** Texts of a view's lists by what they depend on, with the names of their values. */
const shapes = new WeakMap<View, Shapes>();

/**
 * The statement that reads a page, one record more to know whether a page follows, and the total. Its
 * one row has `records`, JSON texts or null; `list_total`; and, where records do not show them, the
 * `sort_value` and the `last_id` of the last one of a full page.
 */
export function listStatement(query: PageQuery, search: string): Statement {
  const patterns = searchPatterns(search, query.view.resource.searchesPhones === true);
  const searching = patterns.length > 0;
  const { text, names } = shapeOfList(query, searching);
  const values = valuesOf(query, patterns);
  const made: Statement = { text, values: names.map((name) => values[name]), byIndex: true };
  return searching || isPlannedOnce(query) ? { ...made, prepared: true } : made;
}

// Which of several conditions is the narrow one depends on their values.
function isPlannedOnce(query: PageQuery): boolean {
  return query.conditions.length < 2 || strategyOf(query) !== "adaptive";
}

function shapeOfList(query: PageQuery, searching: boolean) {
  const { view, conditions, sort, order, size, from, isPartial } = query;
  const begin = typeof from === "number" ? Math.min(from, 2) : "cursor";
  const key = [searching, isPartial, sort.column, order, size, begin, ...conditions.map(shapeOf)]
    .join();
  const known: Shapes = shapes.get(view) ?? new BoundedMap(MOST_SHAPES);
  shapes.set(view, known);
  let shape = known.get(key);
  if (shape === undefined) {
    const { text, values } = statement(listSql(query, searching));
    shape = { text, names: values.map(String) };
    known.set(key, shape);
  }
  return shape;
}

function valuesOf(
  { conditions, size, from }: PageQuery,
  patterns: readonly string[],
): Record<string, unknown> {
  const [longest, ...others] = patterns;
  const values: Record<string, unknown> = { longest, others };
  for (const condition of conditions) {
    if ("value" in condition) values[condition.name] = condition.value;
  }
  if (typeof from !== "number") return { ...values, value: from.value, id: from.id };
  const skipped = (from - 1) * size;
  return { ...values, skipped, needed: skipped + size + 1 };
}

// What the index is searched by.
function lettersOf(word: string): number {
  return word.replace(/[^\p{L}\p{N}]/gu, "").length;
}

/** A phone number of at least seven digits, as it is typed. */
const PHONE = /(?<!\S)[+(]{0,2}\d(?:[\s()./-]*\d){6,30}\)?(?!\S)/g;

/**
 * LIKE patterns that each contain one word of the search, that of most letters first, in the characters that the
 * database folds it to: what folding makes % or _ is no wildcard either. A phone number is one word
 * where such are searched.
 */
export function searchPatterns(search: string, phones: boolean): string[] {
  const typed = search.normalize("NFKC");
  const text = phones ? typed.replace(PHONE, (number) => number.replace(/\s/g, "")) : typed;
  return text.split(/\s+/).filter((word) => word !== "")
    .sort((a, b) => lettersOf(b) - lettersOf(a))
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}
