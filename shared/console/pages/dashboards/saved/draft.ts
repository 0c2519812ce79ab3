import { changedSince, isSame } from "./changed.ts";
import type { BuiltIn, Widget, WidgetQuery, WidgetType } from "./saved.ts";
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
  /** A query that everybody has; "" for one of one's own, {@link KEPT} for the one that it has. */
  query_id: string;
  /** The query that it has, where the form has no fields for all of it. */
  kept?: WidgetQuery;
  parameters: Readonly<Record<string, string>>;
  source: string;
  fn: string;
  measure: string;
  /** By what they are told apart; "" for one number. */
  dimension: string;
  interval: string;
  filters: readonly FilterDraft[];
}

/** In place of the id of a query: the figure's own stays as it is. */
export const KEPT = "*";

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

// A query that everybody has is the same with no parameters as without any.
function wholeOf(query: WidgetQuery): WidgetQuery {
  return query.query_id === undefined ? query : { parameters: {}, ...query };
}

/** A figure as the form shows it; what the form has no fields for stays as it is. */
export function draftOf({ title, type, query }: Widget, known: readonly BuiltIn[]): Draft {
  const { query_id = "", parameters = {}, source = "", measure, dimension, filters = [] } = query;
  const builtIn = known.find((one) => one.query_id === query_id);
  const draft: Draft = {
    ...EMPTY,
    title,
    type,
    query_id,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, String(value)]),
    ),
    source: query_id === "" ? source : EMPTY.source,
    fn: measure?.fn ?? EMPTY.fn,
    measure: measure?.field ?? "",
    dimension: dimension?.field ?? "",
    interval: dimension?.interval ?? EMPTY.interval,
    filters: filters.map(({ field, op, value }) => ({ field, op, value: String(value) })),
  };
  return isSame(queryOf(draft, builtIn), wholeOf(query))
    ? draft
    : { ...draft, query_id: KEPT, kept: query };
}

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

/** How a query can be shown: a line needs days, and one number is shown as one. */
function typesOf(draft: Draft, builtIn: BuiltIn | undefined): readonly WidgetType[] {
  if (draft.query_id === KEPT) return [draft.type];
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
  if (draft.query_id === KEPT && draft.kept) return draft.kept;
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

/** How a figure can be shown, also as it was before as long as it tells the same. */
export function typesIn(
  draft: Draft,
  builtIn: BuiltIn | undefined,
  began: Widget | undefined,
): readonly WidgetType[] {
  const types = typesOf(draft, builtIn);
  if (began === undefined || types.includes(began.type)) return types;
  return isSame(wholeOf(queryOf(draft, builtIn)), wholeOf(began.query))
    ? [...types, began.type]
    : types;
}

/** Where a figure is to stand. Throws when somebody else changed or removed it. */
export function placeOf(
  given: Widget,
  began: Widget | undefined,
  all: readonly Widget[],
): number {
  const place = all.findIndex(({ id }) => id === given.id);
  // It is there already as it is to be when the answer to an earlier try got lost.
  if (began && !isSame(all[place], began) && !isSame(all[place], given)) {
    throw changedSince("this figure");
  }
  return place === -1 ? all.length : place;
}
