import * as z from "zod";
import { LIFECYCLES } from "../../crm/company-relations.ts";
import { sql } from "../../db/sql.ts";
import type { Codec } from "../../crm/views/field.ts";

const check = () => z.enum(LIFECYCLES, `Must be one of ${LIFECYCLES.join(", ")}`);

/** A company's `status`, of which anything but inactive reads as active (decisions C2). */
export function lifecycle(): Codec {
  return () => ({
    schema: () => z.enum(LIFECYCLES),
    value: sql.ref("lifecycle"),
    needs: ["lifecycle"],
    shows: "lifecycle",
    input: {
      column: "status",
      check,
      clears: false,
      isRequired: false,
      only: null,
      stored: (value) => value,
    },
  });
}
