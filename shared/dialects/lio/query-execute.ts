import * as z from "zod";
import {
  builtIn,
  type BuiltInQuery,
  QUERY_IDS,
  WIDGET_TYPES,
  type WidgetType,
} from "../../crm/queries/built-in.ts";
import { NUMBER_OF_MANY } from "../../crm/queries/definition.ts";
import { mistakesOf, parametersIn, parametersSchema } from "../../crm/queries/parameters.ts";
import type { Query } from "../../crm/queries/query.ts";
import { type Found, foundIn, queryError, queryStatements } from "../../crm/queries/run.ts";
import { columnsOf } from "../../crm/queries/select.ts";
import { JsonText } from "../../formats/json-text.ts";
import type { Call } from "../../http/call.ts";
import { keyedWrite } from "../../http/idempotency.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput, RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, notOneOf, validated } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { objectOf, OPTIONAL_BODY, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const body = lazy(() =>
  z.strictObject({
    parameters: parametersSchema().optional(),
    widgetType: z.enum(WIDGET_TYPES, { error: ({ input }) => notOneOf(input, WIDGET_TYPES) })
      .optional().meta({ default: "table", description: "One of the query's own widget_types." }),
  })
);

const result = lazy(() => {
  const value = z.number().nullable();
  return z.object({
    query_id: z.enum(QUERY_IDS),
    widget_type: z.enum(WIDGET_TYPES),
    columns: z.array(z.object({
      name: z.enum(["dimension", "value"]),
      type: z.enum(["text", "number", "date"]),
    })),
    rows: z.array(z.object({
      dimension: z.union([z.string(), z.number(), z.null()]).optional(),
      value,
    })),
    row_count: z.int().min(0),
    value: value.optional(),
  }).meta({ id: "QueryResult" });
});

const resultAnswer = lazy(() => oneRecord(result()).meta({ id: "QueryResultAnswer" }));

/** What is asked for: a checked query, and how it is shown. */
interface Asked {
  id: string;
  query: Query;
  widget: WidgetType;
}

/** POST: what a built-in query, or one that is given, finds now (decisions: 16). */
export const executeQuery: LioOperation = {
  kind: "write",
  body: OPTIONAL_BODY,
  get contract() {
    return {
      id: "executeQuery",
      summary: "Run a query",
      body: body(),
      answers: { 200: resultAnswer() },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const asked = askedIn(call);
    const statements = queryStatements(asked.query);
    try {
      // What only reads needs no transaction that writes, unless its answer is to be kept.
      if (keyedWrite(call) === null) {
        return answered(asked, foundIn(await call.workspace.read(statements)));
      }
      return await write(call, statements, (rows) => answered(asked, foundIn(rows)));
    } catch (error) {
      throw queryError(error);
    }
  },
};

function askedIn(call: Call): Asked {
  const { queryId: id = "" } = call.params;
  const found = builtIn(id);
  if (found === undefined) throw new RecordNotFound("query", id);
  const [, given] = collectMistakes(
    () => readQuery(call, noParameters()),
    () => validated(body(), call.text === "" ? {} : objectOf(call)),
  );
  const { parameters = {}, widgetType: widget = "table" } = given;
  const query = checkedQuery(found, parameters, widget);
  return { id, query, widget };
}

function checkedQuery(
  found: BuiltInQuery,
  given: Readonly<Record<string, unknown>>,
  widget: WidgetType,
): Query {
  const parameters = parametersIn(given);
  const { widgets } = found;
  const mistakes = mistakesOf(found, parameters).map(({ name, message }) => ({
    field: `parameters.${name}`,
    message: `${message}.`,
  }));
  if (!widgets.includes(widget)) {
    const message = `Is no widget of this query; known are ${widgets.join(", ")}.`;
    mistakes.push({ field: "widgetType", message });
  }
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const query = found.query(parameters);
  if (widget !== "number" || query.dimension === undefined) return query;
  throw new InvalidInput([{ field: "widgetType", message: `${NUMBER_OF_MANY}.` }]);
}

function answered({ id, query, widget }: Asked, { rows, row_count, value }: Found) {
  const about = JSON.stringify({ query_id: id, widget_type: widget, columns: columnsOf(query) });
  const one = widget === "number" ? `,"value":${value}` : "";
  const text = `${about.slice(0, -1)},"rows":${rows},"row_count":${row_count}${one}}`;
  return answer(200, new JsonText(text), "Query executed");
}
