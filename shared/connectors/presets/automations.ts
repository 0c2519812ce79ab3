import type { Preset } from "../preset.ts";
import { FORM, FORM_MATCHING, idAt, SECRET_HEADER } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

const DIRECT = [
  "source",
  "signal_strength",
  "company_domain",
  "contact_id",
  "company_id",
  "deal_id",
  "deal_title",
  "deal_value",
  "deal_currency",
  "deal_stage",
];
const KEYS = ["idempotency_key", "event_id"];

const ANSWERS = `$type($) = "object" ? $answers($sift($, function($value, $key) {
    $not($key in ${JSON.stringify([...DIRECT, ...KEYS, "message"])})
  })) : $answers($)`;

const form = contactForm({
  answers: ANSWERS,
  heading: "message",
});

const shared = {
  ...FORM,
  ...form,
  verification: SECRET_HEADER,
  secrets: { secret: "optional" },
  items: "$leads($)",
  event_id: idAt(...KEYS),
  field_map: { ...form.field_map, ...Object.fromEntries(DIRECT.map((field) => [field, field])) },
  matching: { ...FORM_MATCHING, contact: ["id", "email", "phone"] },
} as const satisfies Partial<Preset>;

/** The action "POST" of Webhooks by Zapier. */
export const zapier: Preset = {
  ...shared,
  name: "zapier",
  title: "Zapier",
  defaults: { source: "zapier" },
  setup: "Add the action Webhooks by Zapier > POST with the address as URL; name the data as the " +
    "API does (email, first_name, company_name, message…) and give the secret as header " +
    "x-connector-secret. A field idempotency_key keeps a repeated run from counting twice.",
};

/** Make's HTTP module "Make a request". */
export const make: Preset = {
  ...shared,
  name: "make",
  title: "Make",
  defaults: { source: "make" },
  setup: "Add the module HTTP > Make a request with method POST and the address as URL; name the " +
    "fields as the API does (email, first_name, company_name, message…) and give the secret as " +
    "header x-connector-secret. A field idempotency_key keeps a repeated run from counting twice.",
};
