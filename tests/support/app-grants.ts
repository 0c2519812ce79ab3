/** What the API's role may do with what comes from HubSpot, and what goes to Slack. */
export const APP_GRANTS: Readonly<Record<string, string>> = {
  "crm.external_ids": "INSERT SELECT",
  "crm.hubspot_imports": "INSERT SELECT UPDATE",
  "crm.hubspot_imports_with_jobs": "SELECT",
  "crm.slack_messages": "DELETE INSERT SELECT UPDATE",
  "app.begin_hubspot_import(jsonb)": "EXECUTE",
  "app.company_like(text,text)": "EXECUTE",
  "app.complete_company(uuid,jsonb)": "EXECUTE",
  "app.import_company(text,jsonb)": "EXECUTE",
  "app.import_contact(text,jsonb,uuid)": "EXECUTE",
  "app.import_contacts(text,jsonb)": "EXECUTE",
  "app.know_externally(text,text,uuid,uuid)": "EXECUTE",
  "app.known_externally(text,text,text)": "EXECUTE",
  "app.lacking_of_lead(crm.leads_with_links,jsonb)": "EXECUTE",
};
