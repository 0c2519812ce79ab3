import { IMPORT_TYPES, importJobs } from "../../crm/import-jobs.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { filter, oneOf } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import { userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";

/** An import as this API names it (decisions: 9). */
export const importJob = view(importJobs, {
  id: number(),
  type: column(),
  status: column(),
  file_name: column(),
  total_rows: column(),
  processed_rows: column(),
  created_rows: column(),
  updated_rows: column(),
  skipped_rows: column(),
  failed_rows: column(),
  errors: column(),
  created_by: userNumber("created_by"),
  created_at: time(),
  waits_until: time(),
  started_at: time(),
  finished_at: time(),
});

/** What is imported, or made, by jobs (spec: Leads). */
export default router<LioCaller>("/api/import-job").get(
  "/list",
  scope("read"),
  list(importJob, {
    id: "listImportJobs",
    summary: "Track import job status",
    plural: "Import jobs",
    filters: {
      type: filter(oneOf(IMPORT_TYPES), (value) => ({ is: "equal", column: "type", value })),
    },
    sorts: ["id", "created_at"],
  }),
);
