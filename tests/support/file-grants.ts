/** What the API's role may do with files, by the object. */
export const FILE_GRANTS: Readonly<Record<string, string>> = {
  "app.add_document(bigint,uuid,jsonb)": "EXECUTE",
  "app.add_file(uuid,jsonb)": "EXECUTE",
  "app.attach_file(text,bigint,jsonb)": "EXECUTE",
  "app.file_category(text,text)": "EXECUTE",
  "app.file_link(uuid)": "EXECUTE",
  "app.keep_bytes(uuid,uuid,text,text)": "EXECUTE",
  "app.keep_file(uuid,jsonb,uuid)": "EXECUTE",
  "app.set_company_logo(uuid,uuid,jsonb)": "EXECUTE",
  "app.set_lead_image(bigint,uuid,jsonb)": "EXECUTE",
};
