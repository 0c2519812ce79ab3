import { loadRegistries } from "../../crm/values/registries.ts";
import type { Dialect } from "../../http/dialect.ts";
import { rateLimitHeaders } from "../../http/rate-limit-headers.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { type CrmCaller, DEFAULT_LIMIT } from "./caller.ts";
import { requireEntity } from "./entity.ts";
import { refuse } from "./envelope.ts";
import { identify } from "./identify.ts";

const MINUTE = 60;

/** The CRM HTTP API (spec: CRM). */
export const crmHttp: Dialect<CrmCaller> = {
  name: "crm",
  methods: ["GET", "POST", "PATCH", "DELETE"],
  identify,
  authorize(caller, needed, call) {
    requireEntity(call, caller);
    if (caller.scopes.includes(needed)) return;
    const who = caller.userId === null ? "This API key" : "Your role";
    throw new Refusal("forbidden", `${who} lacks the scope ${needed}.`);
  },
  accessFirst: true,
  limits: ({ actor, requestsPerMinute }) => [{
    subject: actor.id,
    limit: requestsPerMinute,
    seconds: MINUTE,
    name: "requests_per_minute",
    policy: "key",
  }],
  refuse,
  limitHeaders: rateLimitHeaders({ limit: DEFAULT_LIMIT, seconds: MINUTE }),
  prepareWrite: loadRegistries,
};
