import { PASSWORD_HASH } from "../lio.ts";
import { addAccount, addAccountParts } from "./lio-accounts.ts";
import { addDraft } from "./lio-drafts.ts";
import { KEPT_MESSAGE } from "../providers/lasting-gmail.ts";
import { addEnrichment, addLinkedInLead } from "./lio-enrichment.ts";
import { addApps, addHubspotImport } from "./lio-apps.ts";
import { writtenExport } from "./lio-exports.ts";
import { addTeams } from "./lio-teams.ts";
import { addCall, addVoiceParts } from "./lio-voice.ts";
import { asOwner } from "../workspace.ts";

/** Makes what the examples of the contract name by id, unless it is there. */
export async function addNamed(workspaceId: string): Promise<void> {
  await asOwner(
    `insert into crm.users (workspace_id, number, name, email, phone, is_rep, status)
     overriding system value
     select $1::uuid, 142, 'Rita Rep', 'rita-' || $1::uuid || '@example.com', '+15551230001', true, 'active'
     where not exists (select from crm.users where workspace_id = $1::uuid and number = 142)`,
    [workspaceId],
  );
  await asOwner(
    `insert into crm.leads (workspace_id, number, pipeline_id, first_name, last_name)
     overriding system value
     select p.workspace_id, 80231, p.id, 'Jane', 'Roe' from crm.pipelines p
     where p.workspace_id = $1 and p.is_default
     on conflict (workspace_id, number) do update set custom_fields = '{}', assigned_to = null`,
    [workspaceId],
  );
  await asOwner(
    `insert into crm.companies (workspace_id, number, name) overriding system value
     select $1, 17, 'Globex'
     where not exists (select from crm.companies where workspace_id = $1 and number = 17)`,
    [workspaceId],
  );
  await addDeal(workspaceId);
  await addAccountParts(workspaceId);
  await addTeams(workspaceId);
  await addApps(workspaceId);
  await addVoiceParts(workspaceId);
}

async function addDeal(workspaceId: string): Promise<void> {
  await asOwner(
    `insert into crm.pipelines (workspace_id, number, name) overriding system value
     select $1, number, name from (values (2, 'Sales'), (3, 'Retired')) named (number, name)
     where not exists (
       select from crm.pipelines p where p.workspace_id = $1 and p.number = named.number)`,
    [workspaceId],
  );
  await asOwner(
    `insert into crm.stages (workspace_id, number, pipeline_id, name, position) overriding system value
     select p.workspace_id, 11, p.id, 'Proposal', 1 from crm.pipelines p
     where p.workspace_id = $1 and p.number = 2
       and not exists (select from crm.stages where workspace_id = $1 and number = 11)`,
    [workspaceId],
  );
  await asOwner(
    `insert into crm.deals (workspace_id, number, title, value, stage_id, expected_close_date)
     overriding system value
     select s.workspace_id, 88, 'Licence', 1000.1, s.id, '2030-07-01' from crm.stages s
     where s.workspace_id = $1 and s.number = 11
       and not exists (select from crm.deals where workspace_id = $1 and number = 88)`,
    [workspaceId],
  );
}

/** Gives the users of a workspace without a password the one of the examples. */
export async function givePasswords(workspaceId: string): Promise<void> {
  await asOwner(
    `insert into crm.accounts (email, password_hash, set_in)
     select email, $2, workspace_id from crm.users where workspace_id = $1
     on conflict (email) do nothing`,
    [workspaceId, await PASSWORD_HASH()],
  );
}

/** Makes records that no operation of its own makes, by the group of the operations that work on them. */
export const MADE_ASIDE: Readonly<Record<string, (workspaceId: string) => Promise<string>>> = {
  async "intent-alert"(workspaceId) {
    const [alert] = await asOwner<{ number: string }>(
      `with signal as (
         insert into crm.intent_signals (workspace_id, lead_id, signal_type, points)
         select workspace_id, id, 'demo_requested', 30 from crm.leads
         where workspace_id = $1 and number = 80231 returning *
       )
       insert into crm.intent_alerts (workspace_id, lead_id, signal_id, message, occurred_at)
       select workspace_id, lead_id, id, 'Jane Roe asked for a demo', occurred_at from signal
       returning number`,
      [workspaceId],
    );
    return String(alert?.number);
  },
  async dashboards(workspaceId) {
    const [dashboard] = await asOwner<{ number: string }>(
      `insert into crm.dashboards (workspace_id, dashboard_id, name, scope)
       select $1, 'sales-' || gen_random_uuid(), 'Sales', 'workspace' returning number`,
      [workspaceId],
    );
    return String(dashboard?.number);
  },
  "connected-apps/hubspot": addHubspotImport,
  queries: () => Promise.resolve("leads_by_status"),
  "ai-email": addDraft,
  // Messages of a mailbox that every account has.
  inbox: () => Promise.resolve(KEPT_MESSAGE),
  "target-accounts": addAccount,
  "lead-enrichment": addEnrichment,
  "lead-enrichment/linkedin-leads": addLinkedInLead,
  call: addCall,
  // The one calendar that everybody has.
  calendar: () => Promise.resolve("internal"),
  exports: async (workspaceId) => String(await writtenExport(workspaceId)),
  async "web-form"(workspaceId) {
    const [form] = await asOwner<{ form_link: string }>(
      `insert into crm.forms (workspace_id, name, fields) values ($1, 'Contact us', $2)
       returning form_link`,
      [workspaceId, JSON.stringify(FIELDS)],
    );
    return String(form?.form_link);
  },
};

const FIELDS = ["first_name", "email"].map((key) => ({
  key,
  label: key,
  type: key === "email" ? "email" : "text",
  required: false,
  options: null,
  maps_to: key,
}));

/** Makes a user without a password; answers its number. */
export async function addUser(workspaceId: string): Promise<string> {
  const [made] = await asOwner<{ number: string }>(
    `insert into crm.users (workspace_id, name, email, phone, is_rep, status)
     values ($1, 'Rita Rep', gen_random_uuid() || '@example.com', '+15551230001', true, 'active')
     returning number`,
    [workspaceId],
  );
  return String(made?.number);
}
