import * as z from "zod";
import { jobs, notRetried, retryDead } from "../../../crm/jobs.ts";
import { lockRecord, requireRecord, selectRecord } from "../../../crm/records.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { parseQuery } from "../../../http/query.ts";
import { transact } from "../../../http/write.ts";
import { lazy } from "../../../memory/lazy.ts";
import { Blocked } from "../../../refusals/errors.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";

const parameters = lazy(() => z.strictObject({ id: uuid() }));

/** POST: lets the dead job of `?id=` run again, with all its attempts. */
export const retryJob: LumenbaseOperation = {
  kind: "write",
  get contract() {
    return { action: "retry" as const, resource: jobs, parameters: parameters() };
  },
  run(call) {
    const { id } = parseQuery(parameters(), call.query);
    return transact(call, async (transaction) => {
      const [held] = await transaction.run([lockRecord(jobs, id)]);
      const { status, kind } = requireRecord(jobs, id, held);
      if (status !== "dead") throw notDead(String(status));
      const message = notRetried(String(kind));
      if (message !== undefined) throw new Blocked([{ field: "kind", message }]);
      const [, rows] = await transaction.run([retryDead(id), selectRecord(jobs, id)]);
      return answer(call, 200, requireRecord(jobs, id, rows));
    });
  },
};

function notDead(status: string): Blocked {
  const message = `Only a dead job can be retried; this one is ${status}.`;
  return new Blocked([{ field: "status", message }]);
}
