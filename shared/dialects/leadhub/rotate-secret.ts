import * as z from "zod";
import { selectByNumber, shownRecord } from "../../crm/views/statements.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import { noParameters, parseQuery } from "../../http/query.ts";
import { transact } from "../../http/write.ts";
import { rotateSecret } from "../../integrations/rotate-secret.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LeadHubOperation } from "./contract.ts";
import { contextOf, integration, tellOnce } from "./integration-view.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";

const DAY = 86_400;
const WEEK = 7 * DAY;

const body = lazy(() => {
  const message = `Must be a whole number of seconds from 0 to ${WEEK}`;
  return z.strictObject({
    overlap_seconds: z.int(message).min(0, message).max(WEEK, message).default(DAY),
  });
});

/** POST: gives a webhook another secret, told in full this once; the former one works on for a time. */
export const rotateIntegrationSecret: LeadHubOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "rotateIntegrationSecret",
      summary: "Give a webhook another secret",
      body: body(),
      answers: { 200: oneRecord(integration.schema) },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const number = pathNumber(call, "id", "integration");
    const [, { overlap_seconds }] = collectMistakes(
      () => parseQuery(noParameters(), call.query),
      () => validated(body(), call.object()),
    );
    return transact(call, async (transaction) => {
      const secret = await rotateSecret(contextOf(call), transaction, number, overlap_seconds);
      const [rows] = await transaction.run([selectByNumber(integration, number)]);
      return tellOnce(200, shownRecord(integration, number, rows), { secrets: { secret } });
    });
  },
};
