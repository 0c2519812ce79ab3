import * as z from "zod";
import { statsOf } from "../../crm/company-details.ts";
import { selectIds } from "../../crm/lists/selection.ts";
import { statement } from "../../db/sql.ts";
import { JsonText } from "../../formats/json-text.ts";
import { lazy } from "../../memory/lazy.ts";
import { listing } from "./company-list.ts";
import { company } from "./company-view.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { choosing, conditionsIn, searchIn } from "./lists.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const parameters = lazy(() => z.strictObject(choosing(listing)));
const count = () => z.int().min(0);
const text = () => z.string().nullable();
const stats = lazy(() =>
  z.object({
    total: count(),
    with_contacts: count(),
    with_open_deals: count(),
    average_rating: z.number().nullable(),
    open_deal_value: z.number(),
    won_deal_value: z.number(),
    by_industry: z.array(z.object({ industry_type: text(), count: count() })),
    by_country: z.array(z.object({ country: text(), count: count() })),
    by_employee_size: z.array(z.object({ employee_size: text(), count: count() })),
  }).meta({ id: "CompanyStats" })
);

/** GET: how many companies a list has, of which kinds, and what their deals are worth. */
export const companyStats: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getCompanyStats",
      summary: "Get company statistics",
      query: parameters(),
      answers: { 200: oneRecord(stats()) },
    };
  },
  async run(call) {
    const given = readQuery(call, parameters());
    const conditions = await conditionsIn(listing, given, call);
    const ids = selectIds(company, conditions, searchIn(listing, given));
    const [rows] = await call.workspace.read([statement(statsOf(ids))]);
    return answer(200, new JsonText(String(rows?.[0]?.stats)), "Company statistics fetched");
  },
};
