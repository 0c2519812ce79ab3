import type { Preset } from "../preset.ts";
import { FORM_MATCHING } from "./common.ts";

const WORDS = `$replace($replace($string(subscriptionType), /([a-z0-9])([A-Z])/, "$1_$2"),
    /[^A-Za-z0-9]+/, "_")`;

/** Webhooks of a HubSpot app: changes of records, without their data (developers: Webhooks API). */
export const hubspotApp: Preset = {
  name: "hubspot_app",
  title: "HubSpot app",
  target: "activity",
  verification: {
    type: "signature",
    header: "x-hubspot-signature-v3",
    algorithm: "sha256",
    encoding: "base64",
    prefix: "",
    signed: "{method}{url}{body}{timestamp}",
    timestamp: { header: "x-hubspot-request-timestamp", unit: "ms", tolerance_seconds: 300 },
  },
  secrets: { secret: "required" },
  items: "$",
  // HubSpot does not promise that eventId is unique; a retry changes only attemptNumber.
  event_id: `eventId ? $join(
    [portalId, subscriptionId, eventId, objectId, occurredAt].$string(), "-")`,
  skip: null,
  test: null,
  lookup: null,
  prepare: null,
  field_map: {
    type: `subscriptionType ? $substring("hubspot_" & $lowercase(${WORDS}), 0, 64)`,
    title: `subscriptionType ? "HubSpot: " & $lowercase($replace(${WORDS}, "_", " ")) &
    (propertyName ? " (" & propertyName & ")" : "")`,
    description: 'propertyName ? propertyName & ": " & propertyValue',
    timestamp: "$contains($string(occurredAt), /^\\d{12,14}$/) ? $fromMillis($number(occurredAt))",
    data: "$",
    entity_email: 'propertyName = "email" and $contains($string(propertyValue), /^\\S+@\\S+$/)' +
      " ? propertyValue",
  },
  defaults: {},
  // A changed address alone is no new person.
  matching: { ...FORM_MATCHING, create_missing: false },
  setup: "In the app's webhook settings, set the target URL to the address and subscribe to " +
    "events; the secret is the app's client secret.",
};
