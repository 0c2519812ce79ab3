import * as z from "zod";
import { requireRecord, selectRecord } from "../../crm/records.ts";
import type { Resource } from "../../crm/resource.ts";
import { domain, uuid } from "../../crm/values/fields.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { parseQuery } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { listOf, listParameters, pageText } from "./lists.ts";

const byId = lazy(() => z.strictObject({ id: uuid() }));

/** GET: the record of `?id=`, or a page of the list. */
export function retrieveOrList(resource: Resource): LumenbaseOperation {
  const parameters = lazy(() => listParameters(resource));
  const byDomain = resource.filters.some((name) => resource.columns[name]?.filter === domain);
  return {
    kind: "read",
    get contract() {
      const all = parameters().extend(byId().partial().shape);
      return { action: "list" as const, resource, parameters: all };
    },
    async run(call) {
      if (call.query.has("id")) {
        const { id } = parseQuery(byId(), call.query);
        const [rows] = await call.workspace.read([selectRecord(resource, id)]);
        return answer(call, 200, requireRecord(resource, id, rows));
      }
      if (byDomain) await loadRegistries();
      const list = listOf(resource, call.workspace, parseQuery(parameters(), call.query));
      const [rows = []] = await call.workspace.read([list.statement]);
      return answer(call, 200, pageText(list.page(rows)));
    },
  };
}
