import { asOwner } from "../workspace.ts";

/** Makes an enrichment that is done; answers its number. */
export async function addEnrichment(workspaceId: string): Promise<string> {
  const [job] = await asOwner<{ number: string }>(
    `with job as (
       insert into crm.import_jobs (workspace_id, type, status, total_rows, processed_rows)
       values ($1, 'enrichment', 'completed', 1, 1) returning id, number
     ), entry as (
       insert into crm.enrichment_entries (workspace_id, import_id, place, given, status, data)
       select $1, id, 0, '{"email": "jane.roe@acme.com"}', 'enriched', '{"first_name": "Jane"}' from job
     )
     select number from job`,
    [workspaceId],
  );
  return String(job?.number);
}

/** Makes a lead with a LinkedIn profile, with its score, so that it stays as it is; answers its number. */
export async function addLinkedInLead(workspaceId: string): Promise<string> {
  const [lead] = await asOwner<{ number: string }>(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, last_name, linkedin_url,
       fit_intent_score, ai_information)
     select p.workspace_id, p.id, 'Jane', 'Roe', 'https://www.linkedin.com/in/' || gen_random_uuid(),
       5, '{"score_reasons": [{"factor": "linkedin", "points": 5}]}'
     from crm.pipelines p where p.workspace_id = $1 and p.is_default returning number`,
    [workspaceId],
  );
  return String(lead?.number);
}
