import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// A question of the advertiser's own comes as its text in lower case, joined by underscores.
const ANSWERS = 'lead.field_data.{"question": $replace($string(name), "_", " "), ' +
  '"kind": $lowercase($string(name)), "value": values}';

const CONSENT = `lead.custom_disclaimer_responses[$exists(checkbox_key)].{
    "question": "Consent " & checkbox_key, "value": $string(is_checked) in ["1", "true"]
  }`;

const ORIGIN = `["campaign_name", "adset_name", "ad_name", "platform"].(
    $value := $lookup($$.lead, $); $exists($value) ? {"question": $replace($, "_", " "), "value": $value}
  )`;

/** Lead ads of Facebook and Instagram (Graph API: Webhooks for leadgen, Retrieving leads). */
export const metaLeadAds: Preset = {
  ...FORM,
  name: "meta_lead_ads",
  title: "Meta lead ads",
  verification: {
    type: "signature",
    header: "x-hub-signature-256",
    algorithm: "sha256",
    encoding: "hex",
    prefix: "sha256=",
    signed: "{body}",
    timestamp: null,
  },
  secrets: { secret: "required", verify_token: "required", access_token: "required" },
  items: `entry.changes.(
    field = "leadgen" and $type(value) = "object" ? $merge([value, {"field": field}])
    : {"field": field}
  )`,
  event_id: idAt("leadgen_id"),
  skip: 'field != "leadgen" ? "Not a lead: " & field',
  // The app dashboard's button sends ids of fours; the testing tool makes a lead of dummy answers.
  test: `$contains($string(leadgen_id), /^4+$/) or
    $count(lead.field_data.values[$contains($string($), /^<?test lead: dummy data for /)]) > 0`,
  lookup: "meta_lead",
  ...contactForm({
    answers: `[${ANSWERS}, ${CONSENT}, ${ORIGIN}]`,
  }),
  defaults: { source: "meta_lead_ads" },
  setup:
    "In the Meta app, open Webhooks, choose Page, set the callback URL to the address and the " +
    "verify token to the same token, and subscribe to leadgen; the secret is the app's secret. The " +
    "access token is one of the page, with leads_retrieval, and the page must have the app " +
    "installed.",
};
