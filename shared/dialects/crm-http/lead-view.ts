import * as z from "zod";
import { opportunities, OUTCOMES } from "../../crm/opportunities.ts";
import { percentage } from "../../crm/values/percentage.ts";
import { column, lookup } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";

/** The deal's own probability, else its stage's. */
function probabilityPct(): Codec {
  return () => ({
    schema: () => z.number().nullable(),
    value: sql`coalesce(page.probability, (
      select stage.probability from crm.stages stage where stage.id = page.stage_id))`,
    needs: ["probability", "stage_id"],
    shows: null,
    input: {
      column: "probability",
      check: percentage,
      clears: true,
      isRequired: false,
      only: null,
      stored: (value) => value,
    },
  });
}

/** A deal as this API names it (decisions C6). */
export const lead = view(opportunities, {
  id: column(),
  title: column(),
  pipelineId: lookup(() => z.guid().nullable(), (of) => sql`select ${of("pipeline_id")}`),
  stageId: column("stage_id"),
  stage: column(),
  stageKind: lookup(
    () => z.enum(OUTCOMES),
    (of) =>
      sql`select coalesce((select stage.outcome from crm.stages stage where stage.id = ${
        of("stage_id")
      }), ${of("outcome")})`,
  ),
  status: column("outcome"),
  value: column(),
  currency: column(),
  probabilityPct: probabilityPct(),
  expectedCloseDate: column("expected_close_date"),
  companyId: column("company_id"),
  contactId: column("contact_id"),
  ownerId: column("assigned_to"),
  closedAt: column("closed_at"),
  createdAt: column("created_at"),
  updatedAt: column("updated_at"),
});
