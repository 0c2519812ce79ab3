import * as z from "zod";
import { selectTimeline, TIMELINE_TYPES } from "../../crm/timeline.ts";
import { lazy } from "../../memory/lazy.ts";
import { timestamp } from "../../crm/values/record-schema.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { CrmOperation } from "./contract.ts";
import { answerPage, pageOf, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";

const item = lazy(() =>
  z.object({
    id: z.guid(),
    type: z.enum(TIMELINE_TYPES),
    at: timestamp,
    title: z.string().nullable(),
    body: z.string().nullable(),
    actorId: z.guid().nullable(),
    data: z.record(z.string(), z.unknown()),
  }).meta({ id: "TimelineItem" })
);

/** GET: what happened to a lead, newest first (decisions C7). */
export const timeline: CrmOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getLeadTimeline",
      summary: "List what happened to a lead",
      query: pagingParameters(),
      answers: { 200: pageSchema("items", item()) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const id = pathId(call, "lead_id");
    const query = readQuery(call, pagingParameters());
    const { page, size } = pageOf(query);
    const [rows = []] = await call.workspace.read([selectTimeline(id, size, (page - 1) * size)]);
    const [found] = rows;
    if (found === undefined) throw new RecordNotFound("lead", id);
    const items = (found.items as string[]).map(String);
    return answerPage("items", query, { items, total: Number(found.total) });
  },
};
