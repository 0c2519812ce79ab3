import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

const SIGNATURE: Preset["verification"] = {
  type: "signature",
  header: "x-webflow-signature",
  algorithm: "sha256",
  encoding: "hex",
  prefix: "",
  signed: "{timestamp}:{body}",
  timestamp: { header: "x-webflow-timestamp", unit: "ms", tolerance_seconds: 300 },
};

/** Webflow (Data API v2: Working with webhooks). */
export const webflow: Preset = {
  ...FORM,
  name: "webflow",
  title: "Webflow",
  verification: SIGNATURE,
  secrets: { secret: "optional" },
  event_id: idAt("payload.id"),
  skip: 'triggerType != "form_submission" ? "Not a submitted form: " & triggerType',
  ...contactForm({
    answers: "$answers(payload.data)",
    heading: 'payload.name ? "Form: " & payload.name',
  }),
  defaults: { source: "webflow" },
  setup: "In the site's settings, open Apps & integrations > Webhooks and add one for form " +
    "submissions (API version 2) with the address. Webhooks made there are signed with the key " +
    "that Webflow shows once, those of an app with the app's client secret; a webhook without " +
    "such a key is sent unsigned, so leave the secret out.",
};

/** Webflow's retired API v1, which old webhooks still use. */
export const webflowV1: Preset = {
  ...webflow,
  name: "webflow_v1",
  title: "Webflow (API v1)",
  event_id: idAt("_id"),
  skip: '$exists(site) and $not($exists(data)) ? "Not a submitted form"',
  ...contactForm({
    answers: "$answers(data)",
    heading: 'name ? "Form: " & name',
  }),
  setup: "For a webhook of API version 1 that still exists: set its address to this one. Only " +
    "webhooks of an app are signed, with the app's client secret; otherwise leave the secret out.",
};
