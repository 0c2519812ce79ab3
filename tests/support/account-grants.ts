const ALL = "DELETE INSERT SELECT UPDATE";

/** What is behind target accounts that the API's role may use. */
export const ACCOUNT_GRANTS: Record<string, string> = {
  "app.account_health(integer,timestamp with time zone,timestamp with time zone)": "EXECUTE",
  "app.active_user(bigint,uuid)": "EXECUTE",
  "app.add_contact_to_account(bigint,bigint,text)": "EXECUTE",
  "app.add_outreach_step(bigint,jsonb)": "EXECUTE",
  "app.change_target_account(bigint,jsonb)": "EXECUTE",
  "app.create_target_account(jsonb)": "EXECUTE",
  "app.engagement_score(double precision)": "EXECUTE",
  "app.faded_points(numeric,timestamp with time zone,timestamp with time zone)": "EXECUTE",
  "app.hold_target_account(bigint)": "EXECUTE",
  "app.stored_target_account(jsonb,crm.target_accounts)": "EXECUTE",
  "crm.company_meetings": "SELECT",
  "crm.outreach_steps": ALL,
  "crm.target_account_contacts": ALL,
  "crm.target_accounts": ALL,
  "crm.target_accounts_with_engagement": "SELECT",
};
