import * as z from "zod";
import { JOB_STATUSES, jobs, selectJobs } from "../../../crm/jobs.ts";
import { decodeCursor, encodeCursor } from "../../../crm/lists/cursor.ts";
import { wholeNumber } from "../../../http/paging.ts";
import { parseQuery } from "../../../http/query.ts";
import { lazy } from "../../../memory/lazy.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { notOneOf } from "../../../refusals/validation.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";

const LONGEST_KIND = 64;

const parameters = lazy(() =>
  z.strictObject({
    per_page: wholeNumber(100).default(25).meta({ default: 25 }),
    cursor: z.string().max(4096, "Must be a next_cursor of this list").optional(),
    status: z.enum(JOB_STATUSES, { error: ({ input }) => notOneOf(input, JOB_STATUSES) })
      .optional(),
    kind: z.string().min(1, "Must not be empty; leave the parameter out")
      .max(LONGEST_KIND, `Must have at most ${LONGEST_KIND} characters`).optional(),
  })
);

/** GET: jobs of the workspace, newest first. */
export const listJobs: LumenbaseOperation = {
  kind: "read",
  get contract() {
    return { action: "newest" as const, resource: jobs, parameters: parameters() };
  },
  async run(call) {
    const { cursor, per_page, ...filter } = parseQuery(parameters(), call.query);
    const list = JSON.stringify([call.caller.workspaceId, jobs.name, filter]);
    const statement = selectJobs(filter, per_page + 1, placeOf(list, cursor));
    const [rows = []] = await call.workspace.read([statement]);
    const items = rows.slice(0, per_page);
    const last = rows.length > per_page ? String(items.at(-1)?.id) : undefined;
    const next_cursor = last === undefined
      ? null
      : encodeCursor(list, { value: last, id: last, page: 1 });
    return answer(call, 200, { items, pagination: { per_page, next_cursor } });
  },
};

function placeOf(list: string, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const place = decodeCursor(list, cursor);
  if (place !== null) return place.id;
  const message = "Must be a next_cursor of this list, with the same filters.";
  throw new InvalidInput([{ field: "cursor", message }]);
}
