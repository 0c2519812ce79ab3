import * as z from "zod";
import { pipelineStages } from "../../crm/pipeline-stages.ts";
import { column } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";

const WRONG = "Must be a whole number from 0";
/** The last place, whatever comes after it. */
const LAST = 2 ** 31 - 2;

/** The position of a stage, counted from 0. */
function sortOrder(): Codec {
  return () => ({
    schema: () => z.int(),
    value: sql`page.position - 1`,
    needs: ["position"],
    shows: null,
    input: {
      column: "position",
      check: () => z.int(WRONG).min(0, WRONG),
      clears: false,
      isRequired: false,
      only: null,
      stored: (value) => Math.min(Number(value), LAST) + 1,
    },
  });
}

/** A stage as this API names it (spec: pipeline-stages). */
export const stage = view(pipelineStages, {
  id: column(),
  name: column(),
  kind: column("outcome"),
  sortOrder: sortOrder(),
  defaultProbabilityPct: column("probability"),
  colorKey: column("color"),
  systemKey: column("system_key"),
  leadCount: column("deals_count"),
});
