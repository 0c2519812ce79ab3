import * as z from "zod";
import {
  CREDIT_FEATURE_NAMES,
  CREDIT_FEATURES,
  type CreditFeature,
} from "../../crm/credit-features.ts";
import { creditsOf, selectCredits } from "../../crm/credits.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { aiService } from "../../providers/ai/chat.ts";
import { enrichmentService } from "../../providers/enrichment/enrichment.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const credits = lazy(() =>
  oneRecord(
    z.object({
      balance: z.int().min(0),
      used_this_month: z.int().min(0),
      transactions: z.array(z.object({
        id: z.int(),
        amount: z.int(),
        feature: z.enum([...CREDIT_FEATURE_NAMES, "topup", "adjustment"]),
        balance_after: z.int().min(0),
        created_at: z.iso.datetime({ precision: 3 }),
      })),
    }).meta({ id: "Credits" }),
  ).meta({ id: "CreditsAnswer" })
);

const feature = lazy(() =>
  z.object({
    feature: z.enum(CREDIT_FEATURE_NAMES),
    name: z.string(),
    credits: z.int().min(1),
    configured: z.boolean(),
  }).meta({ id: "CreditFeature" })
);

/** GET: what there is of credits, and what was done with them last. */
const getCredits: LioOperation = {
  kind: "read",
  get contract() {
    return { id: "getCredits", summary: "Get the credits", answers: { 200: credits() } };
  },
  async run(call) {
    readQuery(call, noParameters());
    return answer(200, creditsOf(await call.workspace.read(selectCredits())), "Credits fetched");
  },
};

/** GET: what costs credits, and how many. */
const listFeatures: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listCreditFeatures",
      summary: "List what costs credits",
      query: pagingParameters(),
      answers: { 200: pageSchema(feature()) },
    };
  },
  async run(call) {
    const paging = readQuery(call, pagingParameters());
    const { page, limit } = paging;
    const { env } = call.services;
    const isConfigured = (one: CreditFeature) =>
      one === "enrichment" ? enrichmentService(env) !== null : aiService(env) !== null;
    const items = CREDIT_FEATURE_NAMES.slice((page - 1) * limit, page * limit).map((one) =>
      JSON.stringify({ feature: one, ...CREDIT_FEATURES[one], configured: isConfigured(one) })
    );
    return await Promise.resolve(
      answerPage("Features fetched", paging, { items, total: CREDIT_FEATURE_NAMES.length }),
    );
  },
};

/** What AI and enrichment are paid with (spec: AI tools and email). */
export default router<LioCaller>("/api/credits")
  .get("/", scope("read"), getCredits)
  .get("/ai-features", scope("read"), listFeatures);
