/** What the API's role may do with ledgers. */
export const LEDGER_GRANTS: Record<string, string> = {
  "crm.ledger_entries": "SELECT",
  "crm.ledger_holds": "SELECT",
  "crm.ledgers": "SELECT",
  "app.charge_hold(uuid,numeric,text,text)": "EXECUTE",
  "app.enter_funds(text,numeric,text,text,text)": "EXECUTE",
  "app.hold_funds(text,numeric,text,integer)": "EXECUTE",
  "app.release_hold(uuid)": "EXECUTE",
};
