import { noHeaders, type ProviderSample } from "./sample.ts";

const SECRET = "google-sample-key";

function sample(
  name: string,
  lead: Record<string, unknown>,
  event: ProviderSample["events"][number],
): ProviderSample {
  return {
    preset: "google_ads",
    name,
    contentType: "application/json",
    body: JSON.stringify({
      ...lead,
      api_version: "1.0",
      form_id: 40000000000,
      campaign_id: 281498631867774,
      google_key: SECRET,
      gcl_id: "EAIaIQobChMI0123456789",
      adgroup_id: 20000000000,
      creative_id: 30000000000,
    }),
    secrets: { secret: SECRET },
    headers: noHeaders,
    events: [event],
  };
}

const column = (column_id: string, string_value: string, column_name?: string) => ({
  ...(column_name === undefined ? {} : { column_name }),
  string_value,
  column_id,
});

const CLICK = "campaign_id: 281498631867774\ngcl_id: EAIaIQobChMI0123456789";

export const googleAdsSamples = [
  sample("a lead", {
    lead_id: "Lead.CjwKCAiA0123",
    user_column_data: [
      column("FULL_NAME", "Jane Mary Doe", "Full Name"),
      column("EMAIL", "jane@example.com", "User Email"),
      column("WORK_EMAIL", "jane@acme.example", "Work Email"),
      column("PHONE_NUMBER", "+16505550123", "User Phone"),
      column("COMPANY_NAME", "Acme", "Company Name"),
      column("JOB_TITLE", "Buyer", "Job Title"),
      column("CITY", "Mountain View", "City"),
      column("POSTAL_CODE", "94043", "Postal Code"),
    ],
  }, {
    event_id: "Lead.CjwKCAiA0123",
    mapped: {
      source: "google_ads",
      email: "jane@example.com",
      phone: "+16505550123",
      first_name: "Jane",
      last_name: "Mary Doe",
      company_name: "Acme",
      title: "Buyer",
      message: "Work Email: jane@acme.example\nCity: Mountain View\nPostal Code: 94043\n" +
        CLICK,
    },
  }),
  sample("a Japanese form without column names", {
    lead_id: "Lead.2",
    is_test: false,
    user_column_data: [
      column("FIRST_NAME", "花子"),
      column("LAST_NAME", "山田"),
      column("WORK_EMAIL", "hanako@example.jp"),
      column("WORK_PHONE", "03-1234-5678", ""),
      column("ご希望の店舗", "渋谷店", "ご希望の店舗は?"),
      column("COUNTRY", ""),
    ],
  }, {
    event_id: "Lead.2",
    mapped: {
      source: "google_ads",
      email: "hanako@example.jp",
      phone: "03-1234-5678",
      first_name: "花子",
      last_name: "山田",
      message: `ご希望の店舗は?: 渋谷店\n${CLICK}`,
    },
  }),
  sample("a test", {
    lead_id: "TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    is_test: true,
    user_column_data: [column("EMAIL", "test@example.com", "User Email")],
  }, {
    event_id: "TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    purpose: "test",
    mapped: {},
  }),
];
