import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// What Jotform sends beside the answers.
const OWN = JSON.stringify(
  ["action", "appID", "customBody", "customParams", "customTitle", "documentID", "event", "formID"]
    .concat("formTitle", "fromTable", "ip", "isSilent", "parent", "pretty", "product", "rawRequest")
    .concat("subject", "submissionID", "teamID", "type", "unread", "username", "webhookURL"),
);

// `q3_fullName` is the third question, titled "Full Name"; other keys are the form's own, and files
// that were uploaded, by their addresses.
const QUESTIONS = `$keys($form.fields).(
    $value := $lookup($form.fields, $);
    $question := $replace($replace($, /^q\\d+_/, ""), /([a-z])([A-Z])/, "$1 $2");
    $contains($, /^q\\d+_/) ? {"question": $question, "value": $value}
    : $type($value) = "array" and $count($value[$substring($, 0, 4) = "http"]) > 0
      ? {"question": $question, "kind": "extra", "value": $value}
  )`;

const WITHOUT_JSON = `$form and $not($exists($form.broken)) ? [] : [
    $type($) = "object" ? $answers($sift($, function($value, $key) { $not($key in ${OWN}) })),
    $form ? {"question": "rawRequest", "kind": "extra", "value": rawRequest}
  ]`;

/** Jotform (help: Setting up a webhook). It signs nothing: the address itself is the secret. */
export const jotform: Preset = {
  ...FORM,
  name: "jotform",
  title: "Jotform",
  verification: { type: "none" },
  secrets: {},
  event_id: idAt("submissionID"),
  ...contactForm({
    first: "$form := $opened(rawRequest)",
    answers: `[${QUESTIONS}, ${WITHOUT_JSON}]`,
    heading: 'formTitle ? "Form: " & formTitle',
    // rawRequest has shortened titles, without letters of other scripts.
    summary: "pretty",
    warnings: '$form.broken ? {"field": "rawRequest", "message": $form.broken}',
  }),
  defaults: { source: "jotform" },
  setup: "In the form, open Settings > Integrations > Webhooks and paste the address. Jotform " +
    "signs nothing, so keep the address secret.",
};
