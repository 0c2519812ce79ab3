const ALL = "DELETE INSERT SELECT UPDATE";

/** What the API's role may do with accounts of other services, and while it asks these. */
export const SERVICE_GRANTS: Record<string, string> = {
  "crm.connected_accounts": ALL,
  "app.begin_renewal(uuid,integer,integer)": "EXECUTE",
  "app.connect_account(jsonb)": "EXECUTE",
  "app.end_renewal(uuid,integer,text,text)": "EXECUTE",
  "app.hold_idempotency_key(text,bytea,integer)": "EXECUTE",
};
