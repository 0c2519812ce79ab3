import * as z from "zod";
import { isWritable, TOO_MANY_DIGITS } from "../../formats/json-object.ts";
import { lazy } from "../../memory/lazy.ts";
import { notOneOf } from "../../refusals/validation.ts";
import { label } from "../values/fields.ts";
import { builtIn, QUERY_IDS, WIDGET_TYPES } from "./built-in.ts";
import { mistakesOf, parametersIn, parametersSchema } from "./parameters.ts";
import { querySchemas } from "./schema.ts";
import { SOURCE_NAMES } from "./sources.ts";

const MOST_WIDGETS = 50;
const MOST_CELLS = 1_000;
const LONGEST_ID = 64;

const cell = () => {
  const message = `Must be a whole number from 0 to ${MOST_CELLS}`;
  return z.int(message).min(0, message).max(MOST_CELLS, message);
};

const layout = lazy(() =>
  z.strictObject({ x: cell(), y: cell(), w: cell(), h: cell() }).meta({
    id: "WidgetLayout",
    description: "Where the widget stands, and how large it is, in cells of the dashboard's grid.",
  })
);

/** A built-in query with what it is given. */
const reference = lazy(() =>
  z.strictObject({
    // What has no source is no query of its own.
    source: z.undefined().optional().meta({ not: {} }),
    query_id: z.enum(QUERY_IDS, { error: ({ input }) => notOneOf(input, QUERY_IDS) }),
    parameters: parametersSchema().optional(),
  }).superRefine(({ query_id, parameters = {} }, issues) => {
    const query = builtIn(query_id);
    if (query === undefined) return;
    for (const { name, message } of mistakesOf(query, parametersIn(parameters))) {
      issues.addIssue({ code: "custom", path: ["parameters", name], message });
    }
  })
);

const widgetQuery = lazy(() =>
  z.discriminatedUnion("source", [reference(), ...querySchemas()], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(Object(input).source, SOURCE_NAMES) : undefined,
  }).meta({ id: "WidgetQuery" })
);

const widget = lazy(() =>
  z.strictObject({
    id: z.string().min(1, "Must not be empty").max(
      LONGEST_ID,
      `Must have at most ${LONGEST_ID} characters`,
    ),
    type: z.enum(WIDGET_TYPES, { error: ({ input }) => notOneOf(input, WIDGET_TYPES) }),
    title: label(255),
    query: widgetQuery(),
    layout: layout().optional(),
  }).superRefine(({ type, query }, issues) => {
    const { query_id, parameters, dimension } = query as {
      query_id?: string;
      parameters?: { query?: { dimension?: object } };
      dimension?: object;
    };
    const { widgets = WIDGET_TYPES } = builtIn(query_id ?? "") ?? {};
    const isGrouped = (dimension ?? parameters?.query?.dimension) !== undefined;
    const message = !widgets.includes(type)
      ? `Is no widget of this query; known are ${widgets.join(", ")}`
      : type === "number" && isGrouped
      ? NUMBER_OF_MANY
      : undefined;
    if (message !== undefined) issues.addIssue({ code: "custom", path: ["type"], message });
  })
);

/** What is wrong with a number that would be shown of a query with many. */
export const NUMBER_OF_MANY = "Must be another than number of a query with a dimension";

/** What a dashboard shows, as it is given and kept. */
export const definitionSchema = lazy(() =>
  z.strictObject({
    version: z.literal(1, "Must be 1").optional(),
    widgets: z.array(widget()).max(MOST_WIDGETS, `Must have at most ${MOST_WIDGETS} widgets`)
      .superRefine((widgets, issues) => {
        const ids = widgets.map(({ id }) => id);
        ids.forEach((id, at) => {
          if (ids.indexOf(id) === at) return;
          const message = "Must be another id than those of the widgets before";
          issues.addIssue({ code: "custom", path: [at, "id"], message });
        });
      }),
  }).refine(isWritable, TOO_MANY_DIGITS).meta({ id: "DashboardDefinition" })
);
