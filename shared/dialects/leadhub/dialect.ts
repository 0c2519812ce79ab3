import { loadRegistries } from "../../crm/values/registries.ts";
import type { Dialect } from "../../http/dialect.ts";
import { keyHolder } from "../../http/key-holder.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { DEFAULT_LIMIT, type LeadHubCaller } from "./caller.ts";
import { refuse } from "./envelope.ts";
import { HOUR, limitHeaders } from "./limit-headers.ts";

/** LeadHub (spec: REST API Reference). */
export const leadhub: Dialect<LeadHubCaller> = {
  name: "leadhub",
  methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
  async identify(call) {
    const { workspaceId, keyId, scopes, rateLimit } = await keyHolder(call, "leadhub");
    const requestsPerHour = rateLimit ?? DEFAULT_LIMIT;
    return { workspaceId, actor: { kind: "key", id: keyId }, scopes, requestsPerHour };
  },
  authorize({ scopes }, needed) {
    if (scopes.includes(needed)) return;
    throw new Refusal("forbidden", `This API key lacks the scope ${needed}.`);
  },
  limits: ({ actor, requestsPerHour, limit }) => [
    limit ?? {
      subject: actor.id,
      limit: requestsPerHour,
      seconds: HOUR,
      name: "requests_per_hour",
      policy: "key",
    },
  ],
  refuse,
  limitHeaders,
  prepareWrite: loadRegistries,
};
