/** The functions behind contacts and companies as LIO makes them that the API's role may run. */
export const PEOPLE_GRANTS: Record<string, string> = {
  "app.called(text,text,text,text)": "EXECUTE",
  "app.change_company_details(bigint,jsonb)": "EXECUTE",
  "app.change_contact_details(bigint,jsonb)": "EXECUTE",
  "app.change_contacts(uuid[],jsonb)": "EXECUTE",
  "app.create_company_details(jsonb)": "EXECUTE",
  "app.create_contact_details(jsonb)": "EXECUTE",
  "app.decides(text)": "EXECUTE",
  "app.delete_companies(uuid[])": "EXECUTE",
  "app.delete_contacts(uuid[])": "EXECUTE",
  "app.refuse_known_email(text)": "EXECUTE",
  "app.require_new_company(text,text,uuid)": "EXECUTE",
  "app.search_contacts_and_companies(text,text[])": "EXECUTE",
  "app.seniority_of(text)": "EXECUTE",
  "app.set_contact_tags(uuid,text[])": "EXECUTE",
  "app.set_lead_of_contact(uuid,uuid)": "EXECUTE",
  "app.stored_contact(jsonb,crm.contacts)": "EXECUTE",
};
