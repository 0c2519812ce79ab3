import { BOOKING_GRANTS } from "./booking-grants.ts";
import { ACCOUNT_GRANTS } from "./account-grants.ts";
import { DRAFT_GRANTS } from "./draft-grants.ts";
import { APP_GRANTS } from "./app-grants.ts";
import { FILE_GRANTS } from "./file-grants.ts";
import { DEAL_GRANTS } from "./deal-grants.ts";
import { ENRICHMENT_GRANTS } from "./enrichment-grants.ts";
import { FUNCTION_GRANTS } from "./function-grants.ts";
import { IMPORT_GRANTS } from "./import-grants.ts";
import { KEY_GRANTS } from "./key-grants.ts";
import { LEDGER_GRANTS } from "./ledger-grants.ts";
import { INBOX_GRANTS } from "./inbox-grants.ts";
import { MEETING_GRANTS } from "./meeting-grants.ts";
import { PEOPLE_GRANTS } from "./people-grants.ts";
import { ACCOUNT_MAIL_GRANTS } from "./account-mail-grants.ts";
import { VOICE_GRANTS } from "./voice-grants.ts";
import { SERVICE_GRANTS } from "./service-grants.ts";

const ALL = "DELETE INSERT SELECT UPDATE";

/** Everything that the API's role may do, by the object. */
export const API_GRANTS: Record<string, string> = {
  ...BOOKING_GRANTS,
  ...ACCOUNT_GRANTS,
  ...DRAFT_GRANTS,
  ...APP_GRANTS,
  ...FILE_GRANTS,
  ...FUNCTION_GRANTS,
  ...IMPORT_GRANTS,
  ...INBOX_GRANTS,
  ...DEAL_GRANTS,
  ...ENRICHMENT_GRANTS,
  ...KEY_GRANTS,
  ...LEDGER_GRANTS,
  ...MEETING_GRANTS,
  ...PEOPLE_GRANTS,
  ...VOICE_GRANTS,
  ...SERVICE_GRANTS,
  ...ACCOUNT_MAIL_GRANTS,
  "schema app": "USAGE",
  "schema crm": "USAGE",
  "crm.activities": ALL,
  "crm.all_roles": "SELECT",
  "crm.attachments": ALL,
  "crm.attachments_with_subjects": "SELECT",
  "crm.automation_runs": ALL,
  "crm.automation_turns": ALL,
  "crm.automations": ALL,
  "crm.automations_with_runs": "SELECT",
  "crm.companies": ALL,
  "crm.company_memberships": ALL,
  "crm.connector_deliveries": ALL,
  "crm.connector_tokens": ALL,
  "crm.connectors": ALL,
  "crm.contact_tags": ALL,
  "crm.contacts": ALL,
  "crm.dashboards": ALL,
  "crm.deal_snapshots": "SELECT",
  "crm.deal_totals": "SELECT",
  "crm.deals": ALL,
  "crm.documents": ALL,
  "crm.event_horizons": "SELECT",
  "crm.events": "SELECT",
  "crm.exports": ALL,
  "crm.forgotten_runs": "SELECT",
  "crm.files": ALL,
  "crm.follow_ups": "SELECT",
  "crm.forecast_changes": "SELECT",
  "crm.form_submissions": ALL,
  "crm.form_tokens": ALL,
  "crm.forms": ALL,
  "crm.forms_with_counts": "SELECT",
  "crm.images": ALL,
  "crm.idempotency_keys": ALL,
  "crm.import_jobs": ALL,
  "crm.inactivity_scans": ALL,
  "crm.integrations": ALL,
  "crm.intent_alerts": ALL,
  "crm.intent_alerts_with_leads": "SELECT",
  "crm.intent_signals": ALL,
  "crm.invoices": ALL,
  "crm.jobs": ALL,
  "crm.lead_tags": ALL,
  "crm.leads": ALL,
  "crm.leads_with_links": "SELECT",
  "crm.leads_with_lookups": "SELECT",
  "crm.lookups": ALL,
  "crm.lookups_with_tags": "SELECT",
  "crm.marketing_list_members": ALL,
  "crm.marketing_lists": ALL,
  "crm.mail_usage": "SELECT",
  "crm.notifications": ALL,
  "crm.messages": ALL,
  "crm.open_forecasts": "INSERT SELECT UPDATE",
  "crm.pipelines": ALL,
  "crm.pipelines_with_counts": "SELECT",
  "crm.pipelines_with_stages": "SELECT",
  "crm.record_counts": "SELECT",
  "crm.roles": ALL,
  "crm.saved_views": ALL,
  "crm.stage_changes": ALL,
  "crm.stage_outcomes": "SELECT",
  "crm.stages": ALL,
  "crm.stages_with_counts": "SELECT",
  "crm.stages_with_deals": "SELECT",
  "crm.stored_bytes": ALL,
  "crm.stored_pieces": "INSERT SELECT",
  "crm.tags": ALL,
  "crm.tags_with_counts": "SELECT",
  "crm.tasks": ALL,
  "crm.users": ALL,
  "crm.webhook_deliveries": ALL,
  "crm.workspaces": "SELECT",
};
