import type { Sample } from "./sample.ts";

/** Rows of what comes from HubSpot, and of what goes to Slack, in the order of their links. */
export const APP_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.external_ids": (_, own) => ({
    provider: "hubspot",
    external_id: "51",
    lead_id: own["crm.leads"],
  }),
  "crm.hubspot_imports": (_, own) => ({
    id: own["crm.import_jobs"],
    mapping: { lead: { email: "email" }, company: null },
    most: 100,
    done_ids: "{51}",
  }),
  "crm.slack_messages": () => ({ title: "Jane asked for a demo", people: "{Jane}" }),
};
