import { loadRegistries } from "../../crm/values/registries.ts";
import type { Dialect } from "../../http/dialect.ts";
import { keyHolder } from "../../http/key-holder.ts";
import { rateLimitHeaders } from "../../http/rate-limit-headers.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { type CrmCaller, DEFAULT_LIMIT } from "./caller.ts";
import { requireEntity } from "./entity.ts";
import { refuse } from "./envelope.ts";

const MINUTE = 60;

/** The CRM HTTP API (spec: CRM). */
export const crmHttp: Dialect<CrmCaller> = {
  name: "crm",
  methods: ["GET", "POST", "PATCH", "DELETE"],
  async identify(call) {
    const { workspaceId, keyId, scopes, rateLimit } = await keyHolder(call, "crm");
    return {
      workspaceId,
      actor: { kind: "key", id: keyId },
      scopes,
      requestsPerMinute: rateLimit ?? DEFAULT_LIMIT,
      userId: null,
    };
  },
  authorize(caller, needed, call) {
    requireEntity(call, caller.workspaceId);
    if (caller.scopes.includes(needed)) return;
    throw new Refusal("forbidden", `This API key lacks the scope ${needed}.`);
  },
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
