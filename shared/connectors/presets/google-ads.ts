import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

const ANSWERS =
  'user_column_data.{"question": [column_name, column_id][$type($) = "string" and $ != ""][0], ' +
  '"kind": [column_id, column_name][$type($) = "string" and $ != ""][0], "value": string_value}';

// Google takes offline conversions by its click, also after a delivery is no longer kept.
const CLICK = `["campaign_id", "gcl_id", "gclid"].(
    $value := $lookup($$, $); $exists($value) ? {"question": $, "value": $value}
  )`;

/** Lead forms of Google Ads (developers: Google Ads webhook). */
export const googleAds: Preset = {
  ...FORM,
  name: "google_ads",
  title: "Google Ads lead forms",
  verification: { type: "body", field: "google_key" },
  secrets: { secret: "required" },
  event_id: idAt("lead_id"),
  test: '$string(is_test) = "true"',
  ...contactForm({
    answers: `[${ANSWERS}, ${CLICK}]`,
  }),
  defaults: { source: "google_ads" },
  setup: "In the lead form's settings, under lead delivery, choose Webhook: the address is the " +
    "webhook URL, the secret the key. What Send test data sends is kept as a test.",
};
