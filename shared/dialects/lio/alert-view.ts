import { intentAlerts, intentSignals } from "../../crm/intent-signals.ts";
import { leads } from "../../crm/leads.ts";
import { users } from "../../crm/users.ts";
import { column, linked, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import * as z from "zod";
import { time } from "./codecs.ts";

function isAcknowledged(): Codec {
  return () => ({
    schema: () => z.boolean(),
    value: sql`acknowledged_at is not null`,
    needs: ["acknowledged_at"],
    shows: null,
    input: null,
  });
}

/** A signal as this API names it (decisions: 11). */
export const intentSignal = view(intentSignals, {
  id: number(),
  lead_id: linked(leads),
  signal_type: column(),
  signal_detail: column(),
  source: column(),
  occurred_at: time(),
  points: column(),
  created_at: time(),
});

/** An alert as this API names it (decisions: 11). */
export const intentAlert = view(intentAlerts, {
  id: number(),
  lead_id: linked(leads),
  lead_name: column(),
  signal_id: linked(intentSignals),
  signal_type: column(),
  signal_detail: column(),
  message: column(),
  assigned_to: linked(users),
  is_acknowledged: isAcknowledged(),
  acknowledged_by: linked(users),
  acknowledged_at: time(),
  occurred_at: time(),
  created_at: time(),
});
