import { loadRegistries } from "../../crm/values/registries.ts";
import type { Dialect } from "../../http/dialect.ts";
import { keyOrSession, scopeMissing } from "../../http/key-or-session.ts";
import { DEFAULT_LIMIT, type LeadHubCaller } from "./caller.ts";
import { refuse } from "./envelope.ts";
import { HOUR, limitHeaders } from "./limit-headers.ts";
import { ROLE_SCOPES } from "./scopes.ts";

/** LeadHub (spec: REST API Reference). */
export const leadhub: Dialect<LeadHubCaller> = {
  name: "leadhub",
  methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
  async identify(call) {
    const caller = await keyOrSession(call, { api: "leadhub", roles: ROLE_SCOPES });
    return { ...caller, requestsPerHour: caller.rateLimit ?? DEFAULT_LIMIT };
  },
  authorize(caller, needed) {
    if (!caller.scopes.includes(needed)) throw scopeMissing(caller, needed);
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
