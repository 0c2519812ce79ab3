import * as z from "zod";
import { requireRecord, selectBothIds } from "../../crm/records.ts";
import type { Resource } from "../../crm/resource.ts";
import { uuid } from "../../crm/values/fields.ts";
import * as record from "../../crm/values/record-schema.ts";
import { parseQuery } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { answer } from "./envelope.ts";

const EITHER = "Must be the record's UUID or its number";

const number = lazy(() =>
  z.string().regex(/^[1-9]\d{0,14}$/, EITHER).transform(Number)
    .meta({ type: "integer", minimum: 1, maximum: 999_999_999_999_999, pattern: undefined })
);

const parameters = lazy(() => z.strictObject({ id: z.union([uuid(), number()], EITHER) }));

const ids = lazy(() =>
  z.object({
    id: record.id.meta({ description: "The id of the record in this API." }),
    number: z.int().min(1).meta({ description: "The id of the record in LIO." }),
  })
);

/** GET: both ids of the record that has the one of `?id=`. */
export function retrieveIds(resource: Resource): LumenbaseOperation {
  return {
    kind: "read",
    get contract() {
      return { action: "ids" as const, resource, parameters: parameters(), answer: ids() };
    },
    async run(call) {
      const { id } = parseQuery(parameters(), call.query);
      const [rows] = await call.workspace.read([selectBothIds(resource, id)]);
      return answer(call, 200, requireRecord(resource, String(id), rows));
    },
  };
}
