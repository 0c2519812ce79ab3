import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// `q3_fullName` is the third question, titled "Full Name"; other keys are the form's own, and files
// that were uploaded, by their addresses.
const OPENED = `$form := $type(rawRequest) = "string" and $substring(rawRequest, 0, 1) = "{"
    ? $eval(rawRequest)`;

const ANSWERS = `$keys($form).(
    $value := $lookup($form, $);
    $question := $replace($replace($, /^q\\d+_/, ""), /([a-z])([A-Z])/, "$1 $2");
    $contains($, /^q\\d+_/) ? {"question": $question, "value": $value}
    : $type($value) = "array" and $count($value[$substring($, 0, 4) = "http"]) > 0
      ? {"question": $question, "kind": "extra", "value": $value}
  )`;

/** Jotform (help: Setting up a webhook). It signs nothing: the address itself is the secret. */
export const jotform: Preset = {
  ...FORM,
  name: "jotform",
  title: "Jotform",
  verification: { type: "none" },
  secrets: {},
  event_id: idAt("submissionID"),
  ...contactForm({
    first: OPENED,
    answers: ANSWERS,
    heading: 'formTitle ? "Form: " & formTitle',
    // rawRequest has shortened titles, without letters of other scripts.
    summary: "pretty",
  }),
  defaults: { source: "jotform" },
  setup: "In the form, open Settings > Integrations > Webhooks and paste the address. Jotform " +
    "signs nothing, so keep the address secret.",
};
