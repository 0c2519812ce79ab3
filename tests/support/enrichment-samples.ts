import type { Sample } from "./sample.ts";

/** Rows of what is enriched by jobs, in the order of their links. */
export const ENRICHMENT_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.enrichment_entries": (_, own) => ({
    import_id: own["crm.import_jobs"],
    place: 0,
    given: { email: "jane@acme.com" },
    status: "enriched",
    lead_id: own["crm.leads"],
    data: { first_name: "Jane" },
  }),
};
