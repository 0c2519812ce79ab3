/** What the API's role may do with API keys and the log of requests. */
export const KEY_GRANTS: Readonly<Record<string, string>> = {
  "crm.api_keys": "SELECT",
  "crm.request_hours": "SELECT",
  "crm.requests": "SELECT",
  "crm.shown_api_keys": "SELECT",
  "app.create_api_key(jsonb)": "EXECUTE",
  "app.log_requests(json)": "EXECUTE",
  "app.revoke_api_key(uuid)": "EXECUTE",
  "app.rotate_api_key(uuid,text,bytea,double precision)": "EXECUTE",
  "app.used_limits()": "EXECUTE",
};
