import * as z from "zod";
import { APIS } from "../../../auth/api-key.ts";
import type { Api } from "../../../auth/api-key.ts";
import type { KeyApis } from "../../../crm/keys/key-api.ts";
import type { Fields } from "../../../crm/plan.ts";
import { requests, selectHours, selectUsedLimits } from "../../../crm/requests.ts";
import * as record from "../../../crm/values/record-schema.ts";
import { noParameters, parseQuery } from "../../../http/query.ts";
import { lazy } from "../../../memory/lazy.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";

const DAYS = 7;
const SECONDS = { hour: 3_600, minute: 60 };

const limit = lazy(() =>
  z.object({
    kind: z.enum(["workspace", "connector", "key"]),
    id: record.id,
    name: z.string().meta({
      description: "Of a limit of the workspace which one it is; else the connector's or the " +
        "key's own name.",
    }),
    api: z.enum(APIS).nullable(),
    limit: z.int(),
    used: z.int().nullable().meta({
      description: "In the window under way; null where requests are counted elsewhere than in " +
        "the database.",
    }),
    seconds: z.int().meta({ description: "The length of the window." }),
    resets_at: record.timestamp.nullable().meta({
      description: "When the window under way ends; null when nothing was counted in it.",
    }),
  })
);

const usage = lazy(() =>
  z.object({
    limits: z.array(limit()),
    hours: z.array(z.object({ at: record.timestamp, requests: z.int(), errors: z.int() })).meta({
      description: "The hours of UTC of the last 7 days that had requests, oldest first.",
    }),
  })
);

/** GET: how much of each limit is used, and how many requests each hour of the last 7 days had. */
export function readUsage(apis: KeyApis): LumenbaseOperation {
  return {
    kind: "read",
    get contract() {
      const parameters = noParameters();
      return { action: "usage" as const, resource: requests, parameters, answer: usage() };
    },
    async run(call) {
      parseQuery(noParameters(), call.query);
      const [limits = [], hours = []] = await call.workspace.read([
        selectUsedLimits(),
        selectHours(DAYS),
      ]);
      const isCounted = call.services.limiter.store === "postgres";
      const told = limits.map((one) => limitOf(apis, one, isCounted));
      return answer(call, 200, { limits: told, hours });
    },
  };
}

// Contacts and activities of a day are counted in the database in any case.
function limitOf(apis: KeyApis, one: Fields, isCounted: boolean): Fields {
  const { kind, id, name, api, most, used, seconds, resets_at } = one;
  const rate = api === null ? undefined : apis[api as Api].rate;
  const isOfDay = kind === "workspace" && name !== "requests_per_minute";
  return {
    kind,
    id,
    name,
    api,
    limit: most ?? rate?.default,
    used: isCounted || isOfDay ? used : null,
    seconds: isOfDay ? seconds : SECONDS[rate?.window ?? "minute"],
    resets_at: isCounted || isOfDay ? resets_at : null,
  };
}
