import { equal, oneOf } from "../../operations/filters.ts";
import { noOwner, type Parent } from "../../operations/parent.ts";
import * as z from "zod";
import { integrations } from "../../crm/integrations.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { selectByKey, selectPresence, shownRecord } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { DELIVERY_STATUSES, webhookDeliveries } from "../../crm/webhook-deliveries.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import { noParameters, parseQuery } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { replayOne, replayRange } from "../../webhooks/replay.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { time } from "./filters.ts";
import { list } from "./lists.ts";
import { ownerOf } from "./parent.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";

const delivery = view(webhookDeliveries, {
  id: number(),
  webhook_id: column(),
  event_type: column(),
  status: column(),
  attempts: column(),
  next_attempt_at: column(),
  created_at: column(),
});

const parent: Parent = { resource: integrations, parameter: "id", column: "integration_id" };

/** GET: what a webhook was told, the newest first. */
export const deliveryList = list(delivery, {
  id: "listDeliveries",
  summary: "List the deliveries of a webhook",
  filters: { status: equal("status", oneOf(DELIVERY_STATUSES)) },
  sorts: ["created_at"],
  parent,
});

/** POST: has a delivery tried again from the start; 202. */
export const replayDelivery: LeadHubOperation = {
  kind: "write",
  get contract() {
    return {
      id: "replayDelivery",
      summary: "Send a delivery again",
      answers: { 202: oneRecord(delivery.schema) },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const owner = ownerOf(call, parent);
    const asked = pathNumber(call, "delivery_id", "delivery");
    parseQuery(noParameters(), call.query);
    const statements = [replayOne(owner.key, asked), selectByKey(delivery, asked, owner)];
    return write(
      call,
      statements,
      (rows) => answer(202, shownRecord(delivery, asked, rows.at(-1))),
    );
  },
};

const range = lazy(() =>
  z.strictObject({
    from: time(),
    to: time(),
    status: z.enum(DELIVERY_STATUSES, `Must be one of ${DELIVERY_STATUSES.join(", ")}`).nullish(),
  }).refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ["to"],
    message: "Must not be before from",
  })
);

/** POST: has the deliveries made within a time, both ends included, tried again from the start; 202. */
export const replayDeliveries: LeadHubOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "replayDeliveries",
      summary: "Send deliveries of a time again",
      body: range(),
      answers: { 202: oneRecord(z.object({ replayed: z.int().min(0) })) },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const owner = ownerOf(call, parent);
    const [, asked] = collectMistakes(
      () => parseQuery(noParameters(), call.query),
      () => validated(range(), call.object()),
    );
    const statements = [
      replayRange(owner.key, asked),
      selectPresence(integrations, owner.key),
    ];
    return write(call, statements, ([replayed, found]) => {
      if (found?.length === 0) throw noOwner(owner);
      return answer(202, { replayed: Number(replayed?.[0]?.replayed ?? 0) });
    });
  },
};
