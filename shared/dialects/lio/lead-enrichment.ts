import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { enrichMany, getEnrichmentJob } from "./enrich-bulk.ts";
import { enrichLead } from "./enrich-lead.ts";
import { getLinkedInLead, listLinkedInLeads } from "./linkedin-leads.ts";

/** What is found of leads beyond what they tell (spec: Lead enrichment). */
export default router<LioCaller>("/api/lead-enrichment")
  .post("/enrich", scope("write"), enrichLead)
  .post("/enrich/bulk", scope("write"), enrichMany)
  .get("/job/:jobId", scope("read"), getEnrichmentJob)
  .get("/linkedin-leads/recent", scope("read"), listLinkedInLeads)
  .get("/linkedin-leads/:id", scope("read"), getLinkedInLead);
