import type { BuiltIn, WidgetQuery, WidgetType } from "./saved.ts";
import { isOverTime, sourceNamed } from "./sources.ts";

/** What records have that are counted. */
export interface FilterDraft {
  field: string;
  op: string;
  value: string;
}

/** A figure as it stands in the form. */
export interface Draft {
  title: string;
  type: WidgetType;
  /** A query that everybody has; "" for one of one's own. */
  query_id: string;
  parameters: Readonly<Record<string, string>>;
  source: string;
  fn: string;
  measure: string;
  /** By what they are told apart; "" for one number. */
  dimension: string;
  interval: string;
  filters: readonly FilterDraft[];
}

/** What the form begins with. */
export const EMPTY: Draft = {
  title: "",
  type: "bar",
  query_id: "",
  parameters: {},
  source: "leads",
  fn: "count",
  measure: "",
  dimension: "status",
  interval: "week",
  filters: [],
};

/** The fields of the form, as the API calls them. */
export const FIELDS = [
  "title",
  "type",
  "query.source",
  "query.measure",
  "query.dimension",
  "query.filters",
  "query.parameters",
];

/** How a figure can be shown: a line needs days, and one number is shown as one. */
export function typesOf(draft: Draft, builtIn: BuiltIn | undefined): readonly WidgetType[] {
  if (builtIn) return builtIn.widget_types.filter((type) => type !== "pie" && type !== "funnel");
  if (draft.dimension === "") return ["number"];
  const isDated = isOverTime(sourceNamed(draft.source).fields[draft.dimension]);
  return isDated ? ["bar", "line", "table"] : ["bar", "table"];
}

/** Another source, whose first field tells its records apart. */
export function withSource(draft: Draft, source: string): Draft {
  const [dimension = ""] = Object.keys(sourceNamed(source).fields);
  return { ...draft, source, fn: "count", measure: "", dimension, filters: [] };
}

/** What is to be measured: how many there are, or what something of them comes to. */
export function withMeasure(draft: Draft, fn: string): Draft {
  const [first = ""] = sourceNamed(draft.source).measures;
  return { ...draft, fn, measure: fn === "count" ? "" : draft.measure || first };
}

/** The draft's query, as the API takes it. */
export function queryOf(draft: Draft, builtIn: BuiltIn | undefined): WidgetQuery {
  if (builtIn) {
    const given = builtIn.parameters.flatMap(({ name, type }) => {
      const text = draft.parameters[name]?.trim() ?? "";
      return text === "" ? [] : [[name, type === "number" ? Number(text) : text]];
    });
    return { query_id: builtIn.query_id, parameters: Object.fromEntries(given) };
  }
  const { source, fn, measure, dimension, interval, filters } = draft;
  const { fields } = sourceNamed(source);
  return {
    source,
    measure: { fn, ...(measure === "" ? {} : { field: measure }) },
    ...(dimension === "" ? {} : {
      dimension: {
        field: dimension,
        ...(isOverTime(fields[dimension]) ? { interval } : {}),
      },
    }),
    ...(filters.length === 0 ? {} : {
      filters: filters.map(({ field, op, value }) => ({
        field,
        op,
        value: fields[field] === "number" && value.trim() !== "" ? Number(value) : value.trim(),
      })),
    }),
  };
}
