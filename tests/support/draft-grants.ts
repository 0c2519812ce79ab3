const ALL = "DELETE INSERT SELECT UPDATE";

/** What is behind drafts of emails, and mail to target accounts, that the API's role may use. */
export const DRAFT_GRANTS: Record<string, string> = {
  "app.add_draft(uuid,text,text,text,uuid,numeric)": "EXECUTE",
  "app.approve_draft(bigint,text,text)": "EXECUTE",
  "app.begin_drafts(bigint[],text,numeric,integer)": "EXECUTE",
  "app.contacts_to_mail(bigint,bigint[])": "EXECUTE",
  "app.draft_context(uuid)": "EXECUTE",
  "app.draft_to_send(bigint)": "EXECUTE",
  "app.give_up_message(uuid,text)": "EXECUTE",
  "app.hold_draft(bigint)": "EXECUTE",
  "crm.account_mailings": "INSERT SELECT",
  "crm.email_drafts": ALL,
  "crm.email_drafts_with_status": "SELECT",
};
