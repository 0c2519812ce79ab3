import * as z from "zod";
import { accountFunnel, FUNNEL_STAGES } from "../../crm/target-accounts.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { listTopEngaged } from "./target-account-list.ts";

const funnel = lazy(() =>
  z.object({
    stages: z.array(z.object({
      stage: z.enum(FUNNEL_STAGES),
      count: z.int().min(0),
      conversion: z.number().min(0).max(1).nullable(),
    })),
    total: z.int().min(0),
  }).meta({ id: "AccountFunnel" })
);

type Counts = Record<(typeof FUNNEL_STAGES)[number], number>;

/** GET: how many target accounts got how far (decisions: 15). */
const getAccountFunnel: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getAccountFunnel",
      summary: "Get the funnel of target accounts",
      answers: { 200: oneRecord(funnel()) },
    };
  },
  async run(call) {
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([statement(accountFunnel())]);
    const counts = rowOf<Counts>(rows);
    const stages = FUNNEL_STAGES.map((stage, at) => {
      const before = at === 0 ? 0 : counts[FUNNEL_STAGES[at - 1] ?? stage];
      return { stage, count: counts[stage], conversion: conversion(counts[stage], before) };
    });
    return answer(200, { stages, total: counts.identified }, "ABM funnel fetched");
  },
};

function conversion(count: number, before: number): number | null {
  return before === 0 ? null : Math.round(count / before * 10_000) / 10_000;
}

const read = scope("read");

/** Reports on target accounts (spec: Target accounts). */
export default router<LioCaller>("/api/reports/abm")
  .get("/funnel", read, getAccountFunnel)
  .get("/top-engaged", read, listTopEngaged);
