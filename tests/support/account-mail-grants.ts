/** What the API's role may do with mail of users' accounts. */
export const ACCOUNT_MAIL_GRANTS: Record<string, string> = {
  "crm.account_messages": "DELETE INSERT SELECT UPDATE",
  "app.note_click(uuid,integer,numeric)": "EXECUTE",
  "app.note_open(uuid,numeric,numeric)": "EXECUTE",
  "app.store_account_message(jsonb)": "EXECUTE",
  "app.take_message(uuid,integer)": "EXECUTE",
};
