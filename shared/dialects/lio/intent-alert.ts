import { alertAcknowledging } from "../../crm/intent-signals.ts";
import { leads } from "../../crm/leads.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { filter, linkTo } from "../../operations/filters.ts";
import { intentAlert } from "./alert-view.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { type DateOrTime, dateOrTime, within } from "./dates.ts";
import { listHotLeads } from "./hot-leads.ts";
import { list } from "./lists.ts";
import { logSignal } from "./log-signal.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const acknowledge: LioOperation = {
  kind: "write",
  get contract() {
    return {
      id: "acknowledgeIntentAlert",
      summary: "Acknowledge an intent alert",
      answers: { 200: oneRecord(intentAlert.schema) },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const number = pathNumber(call, "id");
    readQuery(call, noParameters());
    const statements = writeThenSelect(intentAlert, alertAcknowledging(number));
    return write(
      call,
      statements,
      (rows) => answer(200, shownRecord(intentAlert, number, rows.at(-1)), "Alert acknowledged"),
    );
  },
};

const alerts = { plural: "Alerts", sorts: ["id", "occurred_at"] };

const date = filter(dateOrTime, () => null);

function between(given: Readonly<Record<string, unknown>>) {
  const { from_date, to_date } = given as { from_date?: DateOrTime; to_date?: DateOrTime };
  return within("occurred_at", ["from_date", from_date], ["to_date", to_date]);
}

/** Intent alerts (spec: Intent signals and alerts). */
export default router<LioCaller>("/api/intent-alert")
  .get(
    "/list",
    scope("read"),
    list(intentAlert, {
      ...alerts,
      id: "listIntentAlerts",
      summary: "List intent alerts",
      filters: {
        lead_id: linkTo("leads", "lead_id"),
        assigned_to_id: linkTo("users", "assigned_to"),
        from_date: date,
        to_date: date,
      },
      together: between,
    }),
  )
  .get("/hot-leads", scope("read"), listHotLeads)
  .get(
    "/lead/:leadId",
    scope("read"),
    list(intentAlert, {
      ...alerts,
      id: "listIntentAlertsOfLead",
      summary: "List the intent alerts of a lead",
      parent: { parameter: "leadId", column: "lead_id", resource: leads },
    }),
  )
  .post("/acknowledge/:id", scope("write"), acknowledge)
  .post("/signal", scope("write"), logSignal("logSignalOfLead"));
