const one = (message: string, data: object) => ({ success: true, message, data });

/** Answers of enrichment, by the name of their schema. */
export const ENRICHMENT_ANSWERS: Readonly<Record<string, unknown>> = {
  EnrichedLeadAnswer: one("Lead enriched", {
    lead_id: 80231,
    data: { first_name: "Jane", last_name: "Roe", job_title: "Head of Sales", city: "Berlin" },
    sources: {
      first_name: "derived",
      last_name: "derived",
      job_title: "provider",
      city: "provider",
    },
    is_free_email: false,
    domain: "acme.com",
    applied: ["job_title", "city"],
    confidence: 0.9,
    provider: "found",
    credits_used: 1,
  }),
  EnrichmentJobAnswer: one("Enrichment fetched", {
    job_id: 7,
    status: "completed",
    group_id: "fair-2026",
    total: 2,
    processed: 2,
    enriched: 1,
    not_found: 1,
    failed: 0,
    results: [
      {
        index: 0,
        status: "enriched",
        lead_id: 80231,
        data: { first_name: "Jane", last_name: "Roe" },
        error: null,
      },
      { index: 1, status: "not_found", lead_id: null, data: {}, error: null },
    ],
  }),
};

/** Bodies that work in any workspace that has what they name, by the name of their schema less `Body`. */
export const ENRICHMENT_BODIES: Readonly<Record<string, unknown>> = {
  EnrichLead: { lead_id: 80231, email: "jane@acme.com" },
  EnrichLeads: {
    leads: [
      { email: "jane.roe@acme.com" },
      { linkedin_url: "https://www.linkedin.com/in/jane-roe" },
      { name: "Hank Scorpio", company: "Globex" },
    ],
    group_id: "fair-2026",
  },
  EnrichCompany: { company_id: 17 },
};
