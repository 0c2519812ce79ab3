import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { noParameters, parseQuery } from "../../http/query.ts";
import type { LeadHubOperation } from "./contract.ts";

const VERSION = "1.0.0";

const schema = lazy(() =>
  z.object({
    status: z.literal("ok"),
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    timestamp: z.iso.datetime({ offset: true }),
  })
);

/** GET: whether the API can be reached (spec: Health Check); needs no key. */
export const health: LeadHubOperation = {
  kind: "read",
  get contract() {
    return { id: "getHealth", summary: "Ask whether the API is there", answers: { 200: schema() } };
  },
  run(call) {
    parseQuery(noParameters(), call.query);
    // Whole seconds, in the form of the reference.
    const timestamp = new Date().toISOString().replace(/\.\d{3}Z$/, "+00:00");
    return Promise.resolve({
      status: 200,
      body: JSON.stringify({ status: "ok", version: VERSION, timestamp }),
    });
  },
};
