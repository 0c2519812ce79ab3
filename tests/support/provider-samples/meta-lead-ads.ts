import { hex, hmac, type ProviderSample } from "./sample.ts";

const CREATED = 1772445600;

const change = (leadgen_id: string) => ({
  field: "leadgen",
  value: {
    leadgen_id,
    page_id: "153125381133",
    form_id: "12312312312",
    ad_id: "6085500000001",
    adgroup_id: "6085500000002",
    created_time: CREATED,
  },
});

function lead(id: string, answers: Record<string, string[]>) {
  const field_data = Object.entries(answers).map(([name, values]) => ({ name, values }));
  return { [id]: { id, created_time: "2026-03-02T10:00:00+0000", field_data } };
}

function sample(
  name: string,
  changes: unknown[],
  events: ProviderSample["events"],
  lookups: Record<string, unknown> = {},
): ProviderSample {
  return {
    preset: "meta_lead_ads",
    name,
    contentType: "application/json",
    body: JSON.stringify({
      object: "page",
      entry: changes.map((one) => ({ id: "153125381133", time: CREATED, changes: [one] })),
    }),
    secrets: {
      secret: "meta-app-secret",
      verify_token: "meta-verify-token",
      access_token: "meta-page-access-token",
    },
    headers: async (secret, body) => ({
      "X-Hub-Signature-256": `sha256=${hex(await hmac(secret, body))}`,
    }),
    events,
    lookups,
  };
}

export const metaLeadAdsSamples = [
  sample(
    "a lead",
    [change("3511084002456338")],
    [{
      event_id: "3511084002456338",
      mapped: {
        source: "meta_lead_ads",
        email: "jane@example.com",
        phone: "+15551234567",
        first_name: "Jane",
        last_name: "van der Doe",
        company_name: "Acme",
        title: "Buyer",
        message: "what is your budget?: 10k, 20k",
      },
    }],
    lead("3511084002456338", {
      email: ["jane@example.com"],
      full_name: ["Jane van der Doe"],
      phone_number: ["+15551234567"],
      company_name: ["Acme"],
      job_title: ["Buyer"],
      "what_is_your_budget?": ["10k", "20k"],
    }),
  ),
  sample(
    "two leads and a post",
    [change("7001"), { field: "feed", value: { item: "post" } }, change("7002")],
    [
      {
        event_id: "7001",
        mapped: {
          source: "meta_lead_ads",
          email: "zoe@beispiel.de",
          first_name: "Zoë",
          last_name: "Groß",
          message: "welche größe?: M",
        },
      },
      { event_id: null, purpose: "ignored", mapped: {} },
      {
        event_id: "7002",
        mapped: { source: "meta_lead_ads", phone: "+491701234567", first_name: "Kim" },
      },
    ],
    {
      ...lead("7001", {
        first_name: ["Zoë"],
        last_name: ["Groß"],
        work_email: ["zoe@beispiel.de"],
        "welche_größe?": ["M"],
        anmerkung: [""],
      }),
      ...lead("7002", { full_name: ["Kim"], phone_number: ["+491701234567"], email: [] }),
    },
  ),
  sample("the dashboard's test", [change("444444444444")], [
    { event_id: "444444444444", purpose: "test", mapped: {} },
  ]),
  sample(
    "the testing tool's lead",
    [change("7003")],
    [
      { event_id: "7003", purpose: "test", mapped: {} },
    ],
    lead("7003", {
      full_name: ["<test lead: dummy data for full_name>"],
      email: ["test@meta.com"],
    }),
  ),
];
