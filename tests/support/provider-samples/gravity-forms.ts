import { type ProviderSample, secretHeader } from "./sample.ts";

const ENTRY = {
  id: "1187",
  form_id: "3",
  post_id: null,
  date_created: "2026-03-02 10:11:12",
  date_updated: "2026-03-02 10:11:12",
  is_starred: "0",
  is_read: "0",
  ip: "203.0.113.7",
  source_url: "https://shop.example/contact/",
  user_agent: "Mozilla/5.0 (X11; Linux x86_64)",
  currency: "EUR",
  payment_status: null,
  payment_date: null,
  payment_amount: null,
  payment_method: null,
  transaction_id: null,
  is_fulfilled: null,
  created_by: "1",
  transaction_type: null,
  status: "active",
  source_id: "42",
  "1.2": "",
  "1.3": "Jane",
  "1.4": "",
  "1.6": "Doe",
  "1.8": "",
  "2": "jane@example.com",
  "3": "(555) 123-4567",
  "4": "Please call,\nthank you.",
  "5.1": "1 Main Street",
  "5.3": "Springfield",
  "5.6": "United States",
  "6.1": "Red",
  "6.2": "",
  "6.3": "Blue",
  "7": "2026-05-01",
  "8": "15000",
};

function sample(
  name: string,
  contentType: string,
  body: string,
  event: ProviderSample["events"][number],
): ProviderSample {
  return {
    preset: "gravity_forms",
    name,
    contentType,
    body,
    secrets: { secret: "gravity-sample-secret" },
    headers: secretHeader,
    events: [event],
  };
}

// The order is JavaScript's: whole numbers first.
const ENTRY_EVENT = {
  event_id: "3-1187",
  mapped: {
    source: "gravity_forms",
    email: "jane@example.com",
    phone: "(555) 123-4567",
    first_name: "Jane",
    last_name: "Doe",
    message: "Field 4: Please call,\nthank you.\nField 7: 2026-05-01\nField 8: 15000\n" +
      "Field 5.1: 1 Main Street\nField 5.3: Springfield\nField 5.6: United States\n" +
      "Field 6.1: Red\nField 6.3: Blue",
  },
};

export const gravityFormsSamples = [
  sample("all fields as JSON", "application/json", JSON.stringify(ENTRY), ENTRY_EVENT),
  sample(
    "all fields as a form",
    "application/x-www-form-urlencoded",
    new URLSearchParams(
      Object.entries(ENTRY).flatMap(([key, value]) => value === null ? [] : [[key, value]]),
    ).toString(),
    ENTRY_EVENT,
  ),
  sample(
    "fields the owner named",
    "application/json",
    JSON.stringify({
      id: "1188",
      form_id: "3",
      "E-Mail": "karl@beispiel.de",
      "Vor- und Nachname": "Karl Friedrich Gauß",
      Unternehmen: "Sternwarte Göttingen",
      Handynummer: "0151 23456789",
      Interessen: ["Primzahlen", "Geodäsie"],
      Anmerkung: "",
      status: "Professor",
    }),
    {
      event_id: "3-1188",
      mapped: {
        source: "gravity_forms",
        email: "karl@beispiel.de",
        phone: "0151 23456789",
        first_name: "Karl",
        last_name: "Friedrich Gauß",
        company_name: "Sternwarte Göttingen",
        message: "Interessen: Primzahlen, Geodäsie\nstatus: Professor",
      },
    },
  ),
];
