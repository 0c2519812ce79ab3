import * as z from "zod";
import {
  BUILT_IN,
  type BuiltInQuery,
  QUERY_IDS,
  WIDGET_TYPES,
} from "../../crm/queries/built-in.ts";
import { PARAMETERS } from "../../crm/queries/parameter-facts.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { executeQuery } from "./query-execute.ts";
import { readQuery } from "./reading.ts";

const described = lazy(() =>
  z.object({
    query_id: z.enum(QUERY_IDS),
    name: z.string(),
    description: z.string(),
    source: z.string().nullable(),
    parameters: z.array(z.object({
      name: z.string(),
      type: z.enum(["date", "text", "number", "object"]),
      required: z.boolean(),
      default: z.string().nullable(),
      options: z.array(z.string()).nullable(),
    })),
    widget_types: z.array(z.enum(WIDGET_TYPES)),
  }).meta({ id: "BuiltInQuery" })
);

/** GET: the queries that there are (decisions: 16). */
const listQueries: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listQueries",
      summary: "List queries",
      query: pagingParameters(),
      answers: { 200: pageSchema(described()) },
    };
  },
  async run(call) {
    const paging = readQuery(call, pagingParameters());
    const { page, limit } = paging;
    const shown = QUERY_IDS.slice((page - 1) * limit, page * limit);
    const items = shown.map((id) => JSON.stringify(shownAs(id, BUILT_IN[id])));
    return await Promise.resolve(
      answerPage("Queries fetched", paging, { items, total: QUERY_IDS.length }),
    );
  },
};

function shownAs(query_id: string, query: BuiltInQuery) {
  const { name, description, source, parameters, required, widgets } = query;
  return {
    query_id,
    name,
    description,
    source,
    parameters: parameters.map((one) => ({
      name: one,
      type: PARAMETERS[one].type,
      required: required.includes(one),
      default: PARAMETERS[one].default,
      options: PARAMETERS[one].options,
    })),
    widget_types: widgets,
  };
}

/** Queries that dashboards are made of (spec: Dashboards and analytics). */
export default router<LioCaller>("/api/queries")
  .get("/", scope("read"), listQueries)
  .post("/:queryId/execute", scope("read"), executeQuery);
