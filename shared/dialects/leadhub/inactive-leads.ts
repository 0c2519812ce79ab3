import { startRuns } from "../../automations/listen.ts";
import { selectById } from "../../crm/views/statements.ts";
import { sql, statement } from "../../db/sql.ts";
import { recordOf } from "../../formats/stored-json.ts";
import type { Work } from "../../jobs/work.ts";
import { lead as view } from "./lead-view.ts";

/**
 * The work of jobs that start an automation for a lead that has become inactive, `{automation_id,
 * lead_id, quiet_since}`, unless something happened to it meanwhile.
 */
const inactiveLeads: Work = {
  retryAfter: [5, 30, 300, 1_800, 7_200],
  async run({ payload }, { workspace, done }) {
    const leadId = String(payload.lead_id);
    const [leads, [quiet] = []] = await workspace.read([
      selectById(view, leadId),
      statement(sql`select now() as at, since from app.quiet_since(${workspace.id}, ${leadId}) since
        where since = ${payload.quiet_since}::timestamptz`),
    ]);
    const record = leads?.[0]?.record;
    if (typeof record !== "string" || quiet === undefined) return;
    const event = {
      type: "lead.inactive" as const,
      sequence: null,
      quietSince: String(quiet.since),
      at: String(quiet.at),
      leadId,
      data: { lead: recordOf(record) },
      chain: [],
    };
    const runs = await startRuns(workspace, [event], String(payload.automation_id));
    await workspace.write([...runs, done]);
  },
};

export default inactiveLeads;
