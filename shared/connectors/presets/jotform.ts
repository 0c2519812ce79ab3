import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// `q3_fullName` is the third question, titled "Full Name"; other keys are the form's own.
const OPENED =
  `$form := $type(rawRequest) = "string" and $substring(rawRequest, 0, 1) = "{" ? $eval(rawRequest);
  $asked := $keys($form)[$contains($, /^q\\d+_/)]`;

const ANSWERS = `$asked.(
    $value := $lookup($form, $);
    $person := $type($value) = "object" and ($exists($value.first) or $exists($value.last));
    $question := $replace($replace($, /^q\\d+_/, ""), /([a-z])([A-Z])/, "$1 $2");
    $person ? [
      {"question": $question & " (first)", "kind": "first", "value": $value.first},
      {"question": $question & " (last)", "kind": "last", "value": $value.last}
    ] : {"question": $question, "value": $value}
  )`;

// rawRequest has shortened titles. `pretty` has the full ones, in one line with the answers: it is
// broken after each answer.
const LINES = `
    $text(pretty) != "" ? $replace(
      $reduce([$asked.$text($lookup($form, $))][$ != ""],
        function($all, $one) { $replace($all, ":" & $one & ", ", ": " & $one & "\\n", 1) },
        $text(pretty) & ", "),
      /(, |\\n)$/, "")
    : $answers.(text ? question & ": " & text)`;

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
    kinds: { first_name: ["first"], last_name: ["last"] },
    heading: 'formTitle ? "Form: " & formTitle',
    lines: LINES,
  }),
  defaults: { source: "jotform" },
  setup: "In the form, open Settings > Integrations > Webhooks and paste the address. Jotform " +
    "signs nothing, so keep the address secret.",
};
