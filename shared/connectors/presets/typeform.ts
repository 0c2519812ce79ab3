import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// An answer's value stands under its type, and hidden fields count as the last questions.
const ANSWERS = `form_response.(
    $titles := $merge([definition.fields, definition.fields.properties.fields]
      .{$string(id): $string(title)});
    $hidden := hidden;
    [
      answers.{
        "question": [$lookup($titles, $string(field.id)), $string(field.ref)][$ != ""][0],
        "kind": type,
        "value": type = "choice" ? [choice.label, choice.other]
          : type = "choices" ? [choices.labels, choices.other]
          : $lookup($, $string(type))
      },
      $keys($hidden).{"question": $, "kind": "hidden", "value": $lookup($hidden, $)},
      variables.{"question": key, "kind": "variable", "value": $lookup($, $string(type))},
      $exists(variables[key = "score"]) ? [] : calculated.{"question": "score", "value": score}
    ]
  )`;

/** Typeform (developers: Webhooks, Example payload, Secure your webhooks). */
export const typeform: Preset = {
  ...FORM,
  name: "typeform",
  title: "Typeform",
  verification: {
    type: "signature",
    header: "typeform-signature",
    algorithm: "sha256",
    encoding: "base64",
    prefix: "sha256=",
    signed: "{body}",
    timestamp: null,
  },
  secrets: { secret: "optional" },
  // The response's token outlives a delivery: a webhook sent anew by hand is still the same lead.
  event_id: idAt("form_response.token", "event_id"),
  skip: 'event_type != "form_response" ? "Not a finished form: " & event_type',
  ...contactForm({
    answers: ANSWERS,
    heading: 'form_response.definition.title ? "Form: " & form_response.definition.title',
  }),
  defaults: { source: "typeform" },
  setup:
    "In the form, open Connect > Webhooks, add the address and switch it on; edit it and set " +
    "its Secret to the same secret.",
};
