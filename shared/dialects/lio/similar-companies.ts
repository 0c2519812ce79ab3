import * as z from "zod";
import { selectSimilar } from "../../crm/similar-companies.ts";
import { selectPresence } from "../../crm/views/statements.ts";
import { wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import { company } from "./company-view.ts";
import type { LioOperation } from "./contract.ts";
import { answerPage, pageSchema } from "./page.ts";
import { pathNumber, readQuery } from "./reading.ts";

const MOST = 500;
/** What the columns that companies are alike in are called here. */
const NAMES = {
  industry: "industry_type",
  size: "employee_size",
  country: "country",
  city: "city",
} as const;

const parameters = lazy(() =>
  z.strictObject({ limit: wholeNumber(MOST).default(5).meta({ default: 5 }) })
);
const similar = lazy(() =>
  company.schema.extend({
    similarity: z.int().min(1).max(100),
    reasons: z.array(z.enum(Object.values(NAMES))),
  }).meta({ id: "SimilarCompany" })
);

/** GET: the companies that are most like one. */
export const similarCompanies: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listSimilarCompanies",
      summary: "List similar companies",
      query: parameters(),
      answers: { 200: pageSchema(similar()) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const [number, { limit }] = collectMistakes(
      () => pathNumber(call, "id"),
      () => readQuery(call, parameters()),
    );
    const [rows, present] = await call.workspace.read([
      selectSimilar(company, number, limit, NAMES),
      selectPresence(company.resource, number),
    ]);
    if (present?.length === 0) throw new RecordNotFound("company", String(number));
    const items = String(rows?.[0]?.records).slice(1, -1);
    return answerPage("Similar companies fetched", { page: 1, limit }, {
      items: items === "" ? [] : [items],
      total: Number(rows?.[0]?.total),
    });
  },
};
