const ALL = "DELETE INSERT SELECT UPDATE";

/** What the API's role may do with replies to mail. */
export const INBOX_GRANTS: Record<string, string> = {
  "crm.mail_replies": ALL,
  "app.note_replies(uuid,uuid,jsonb,numeric,text)": "EXECUTE",
};
