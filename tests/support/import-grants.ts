/** The functions behind imports that the API's role may run. */
export const IMPORT_GRANTS: Readonly<Record<string, string>> = {
  "app.capture_new_leads(jsonb)": "EXECUTE",
  "app.companies_of_leads(jsonb)": "EXECUTE",
  "app.contacts_of_leads(jsonb)": "EXECUTE",
  "app.hold_identities(jsonb)": "EXECUTE",
  "app.import_leads(jsonb,text)": "EXECUTE",
  "app.known_rows(jsonb,boolean)": "EXECUTE",
  "app.tag_new_leads(jsonb)": "EXECUTE",
};
