import * as z from "zod";
import { dealSnapshots } from "../../crm/deal-snapshots.ts";
import { leadDeals } from "../../crm/lead-deals.ts";
import { column, linked, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { MAX_PAGE, wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { readPage } from "../../operations/read-page.ts";
import { time } from "./codecs.ts";
import type { LioOperation } from "./contract.ts";
import { answerPage, pageSchema } from "./page.ts";
import { pathNumber, readQuery } from "./reading.ts";

const MOST = 365;

const snapshot = view(dealSnapshots, {
  id: number(),
  deal_id: linked(leadDeals),
  reason: column(),
  stage_id: lookup(
    () => z.int().nullable(),
    (of) => sql`select s.number from crm.stages s where s.id = ${of("stage")}`,
  ),
  stage_name: column(),
  probability: column(),
  value: column(),
  weighted_value: column(),
  expected_close_date: column(),
  computed_at: time(),
});

const parameters = lazy(() =>
  z.strictObject({
    page: wholeNumber(MAX_PAGE).default(1).meta({ default: 1 }),
    limit: wholeNumber(MOST).default(30).meta({ default: 30 }),
  })
);

/** GET: how a deal was forecast before, the newest first (decisions: 14). */
export const listDealForecasts: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listDealForecasts",
      summary: "List the past forecasts of a deal",
      query: parameters(),
      answers: { 200: pageSchema(snapshot.schema) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const key = pathNumber(call, "id");
    const query = readQuery(call, parameters());
    const page = await readPage(call, {
      view: snapshot,
      owner: { column: "deal_id", resource: leadDeals, key },
      conditions: [],
      search: "",
      sort: "computed_at",
      order: "desc",
      size: query.limit,
      from: query.page,
    });
    return answerPage("Forecasts fetched", query, page);
  },
};
