/** What the API's role may do to enrich records. */
export const ENRICHMENT_GRANTS: Readonly<Record<string, string>> = {
  "crm.enrichment_entries": "DELETE INSERT SELECT UPDATE",
  "app.fields_to_fill(jsonb,jsonb)": "EXECUTE",
  "app.fill_company(uuid,jsonb,text)": "EXECUTE",
  "app.fill_lead(uuid,jsonb,text,jsonb)": "EXECUTE",
  "app.has_domain_of_other(uuid,text)": "EXECUTE",
  "app.place_enriched(text,text,jsonb,text,jsonb,jsonb)": "EXECUTE",
  "app.search_linkedin_leads(text[])": "EXECUTE",
};
