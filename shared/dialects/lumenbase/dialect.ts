import type { CallLimit } from "../../http/caller.ts";
import type { Dialect } from "../../http/dialect.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { identify, requireDeletion, requireScope } from "./admission.ts";
import type { LumenbaseCaller } from "./caller.ts";
import { refuse } from "./envelope.ts";
import { limitHeaders } from "./limit-headers.ts";

/** The native API (spec: Lumenbase). */
export const lumenbase: Dialect<LumenbaseCaller> = {
  name: "lumenbase",
  methods: ["GET", "POST", "PATCH", "DELETE"],
  identify,
  authorize(caller, needed, { request: { method } }) {
    requireScope(caller, needed);
    if (method === "DELETE") requireDeletion(caller, needed);
  },
  limits({ workspaceId, requestsPerMinute, connector, limit }) {
    if (limit !== undefined) return [limit];
    const shared: CallLimit = {
      subject: workspaceId,
      limit: requestsPerMinute,
      seconds: 60,
      name: "requests_per_minute",
      policy: "workspace",
    };
    if (connector === undefined) return [shared];
    return [{
      ...shared,
      subject: connector.id,
      limit: connector.requestsPerMinute,
      name: "connector_requests_per_minute",
      policy: "connector",
    }, shared];
  },
  refuse,
  limitHeaders,
  prepareWrite: loadRegistries,
};
