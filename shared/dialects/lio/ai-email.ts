import { leads } from "../../crm/leads.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { approveDraft } from "./draft-approve.ts";
import { generateDrafts } from "./draft-bulk.ts";
import { generateDraft } from "./draft-generate.ts";
import { sendDraft } from "./draft-send.ts";
import { draft } from "./draft-view.ts";
import { list } from "./lists.ts";

/** Drafts of emails to leads (spec: AI tools and email). */
export default router<LioCaller>("/api/ai-email")
  .post("/generate/:lead_id", scope("write"), generateDraft)
  .post("/bulk-generate", scope("write"), generateDrafts)
  .get(
    "/drafts/lead/:lead_id",
    scope("read"),
    list(draft, {
      id: "listDrafts",
      summary: "List the drafts of emails to a lead",
      plural: "Drafts",
      parent: { resource: leads, parameter: "lead_id", column: "lead_id" },
      sorts: ["id", "created_at"],
    }),
  )
  .put("/draft/:draft_id/approve", scope("write"), approveDraft)
  .post("/draft/:draft_id/send", scope("write"), sendDraft);
