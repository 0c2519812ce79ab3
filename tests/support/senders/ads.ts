import type { SenderCase } from "./sender-case.ts";

type Field = { name: string; values?: string[] };

const field = (name: string, ...values: string[]): Field => ({ name, values });

/** A lead of Meta as its event names it and as the Graph API answers it. */
function lead(id: string, fields: Field[], more: Record<string, unknown> = {}) {
  const value = {
    leadgen_id: id,
    page_id: "1",
    form_id: "2",
    ad_id: "3",
    created_time: 1733499990,
  };
  const changes = [{ field: "leadgen", value }];
  return {
    sends: [{ json: { object: "page", entry: [{ id: "1", time: 1733500000, changes }] } }],
    lookups: {
      [id]: { id, created_time: "2026-11-20T09:09:27+0000", field_data: fields, ...more },
    },
  };
}

export const metaLeadAds: SenderCase[] = [
  {
    name: "Ukrainian questions, the address under a title of its own",
    ...lead("901", [
      field("full_name", "Nata Petrenko"),
      field("phone_number", "+380631045546"),
      field("эл._адрес", "nata@example.com"),
      field("country", "UA"),
      field("яку_мову_хочете_вивчати?", "німецьку"),
    ], { ad_name: "3/static", platform: "fb" }),
    contacts: [{
      email: "nata@example.com",
      first_name: "Nata",
      last_name: "Petrenko",
      phone: "+380631045546",
    }],
    notes: ["яку мову хочете вивчати?: німецьку", "ad name: 3/static", "platform: fb"],
  },
  {
    name: "a question that was left blank, without values",
    ...lead("902", [
      field("full_name", "Rojina Gautam"),
      field("phone", "+9779812345678"),
      field("email", "rojina@example.com"),
      { name: "inbox_url" },
    ]),
    contacts: [{ email: "rojina@example.com", first_name: "Rojina", phone: "+9779812345678" }],
    noNotes: ["inbox"],
  },
  {
    name: "boxes of consent, and questions with several answers",
    ...lead("904", [
      field("full_name", "Client Simulat"),
      field("phone_number", "+40721555111"),
      field("email", "client@example.com"),
      field("ce fel de instrument?", "Lama mixer", "Foarfece"),
      field("country", "România"),
    ], {
      custom_disclaimer_responses: [
        { checkbox_key: "optional_1", is_checked: "1" },
        { checkbox_key: "optional_2", is_checked: "" },
      ],
    }),
    contacts: [{ email: "client@example.com", phone: "+40721555111" }],
    notes: [
      "ce fel de instrument?: Lama mixer, Foarfece",
      "country: România",
      "Consent optional_1: yes",
      "Consent optional_2: no",
    ],
  },
  {
    name: "a phone and a name only",
    ...lead("905", [field("full_name", "Test Personn"), field("phone", "+48111111111")]),
    contacts: [{ email: null, first_name: "Test", last_name: "Personn", phone: "+48111111111" }],
  },
  {
    name: "a work address, first and last name, a company and a phone with brackets",
    ...lead("907", [
      field("work_email", "lead@example.com"),
      field("first_name", "José"),
      field("last_name", "da Silva"),
      field("company_name", "Distribuidora Exemplo"),
      field("phone_number", "+55 (11) 98888-7777"),
      field("quantos_colaboradores?", "De 10 a 50"),
    ]),
    contacts: [{
      email: "lead@example.com",
      first_name: "José",
      last_name: "da Silva",
      phone: "+5511988887777",
    }],
    companies: ["Distribuidora Exemplo"],
    notes: ["quantos colaboradores?: De 10 a 50"],
  },
];

type Column = { column_id?: string; column_name?: string; string_value: string };

const column = (id: string | undefined, name: string | undefined, value: string): Column => ({
  ...(id === undefined ? {} : { column_id: id }),
  ...(name === undefined ? {} : { column_name: name }),
  string_value: value,
});

let leads = 0;

const googleLead = (columns: Column[], more: Record<string, unknown> = {}) => ({
  json: {
    lead_id: `lead-${(leads += 1)}`,
    user_column_data: columns,
    api_version: "1.0",
    form_id: 340000000001,
    campaign_id: 23000000001,
    google_key: "google-sample-key",
    is_test: false,
    gcl_id: "Cj0KCQjw",
    ...more,
  },
});

export const googleAds: SenderCase[] = [
  {
    name: "what the button for test data sends",
    sends: [googleLead([column("EMAIL", "User Email", "test@example.com")], { is_test: true })],
    status: ["test"],
    contacts: [],
  },
  {
    name: "columns without ids, named as they are",
    sends: [googleLead([
      column(undefined, "FULL_NAME", "Priya Sharm"),
      column(undefined, "EMAIL", "priya@example.com"),
      column(undefined, "PHONE_NUMBER", "+919988776655"),
      column(undefined, "CITY", "Gurugram"),
      column(undefined, "Budget", "2.5 Cr"),
    ], { gclid: "TeSt", gcl_id: undefined })],
    contacts: [{
      email: "priya@example.com",
      first_name: "Priya",
      last_name: "Sharm",
      phone: "+919988776655",
    }],
    notes: ["CITY: Gurugram", "Budget: 2.5 Cr", "gclid: TeSt", "campaign_id: 23000000001"],
  },
  {
    name: "columns without names",
    sends: [googleLead([
      column("FULL_NAME", undefined, "Paige Turnor"),
      column("EMAIL", undefined, "paige@example.com"),
      column("PHONE_NUMBER", undefined, "+15550107788"),
    ])],
    contacts: [{ email: "paige@example.com", last_name: "Turnor", phone: "+15550107788" }],
    notes: ["campaign_id: 23000000001\ngcl_id: Cj0KCQjw"],
  },
  {
    name: "a question of the advertiser's own",
    sends: [googleLead([
      column("FULL_NAME", "FULL_NAME", "Jana Dohn"),
      column("EMAIL", "EMAIL", "jana@example.com"),
      column("PHONE_NUMBER", "PHONE_NUMBER", "+18005551212"),
      column("POSTAL_CODE", "POSTAL_CODE", "77433"),
      column("QUESTION_1", "What age?", "Child"),
    ])],
    contacts: [{ first_name: "Jana", last_name: "Dohn", phone: "+18005551212" }],
    notes: ["POSTAL_CODE: 77433", "What age?: Child"],
  },
  {
    name: "an address that is none, beside a phone",
    sends: [googleLead([
      column("FULL_NAME", "Full Name", "Ada Doe"),
      column("EMAIL", "Email", "ada@@example..com"),
      column("PHONE_NUMBER", "Phone", "+442079460958"),
    ])],
    contacts: [{ email: null, first_name: "Ada", phone: "+442079460958" }],
    notes: ["Email: ada@@example..com"],
    warnings: ["email"],
  },
];
