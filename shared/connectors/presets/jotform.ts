import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { block, contactFields } from "./contact-fields.ts";

// `q3_fullName` is the third question, titled "Full Name"; other keys are the form's own.
const OPENED =
  `$form := $type(rawRequest) = "string" and $substring(rawRequest, 0, 1) = "{" ? $eval(rawRequest);
    $asked := $keys($form)[$contains($, /^q\\d+_/)]`;

const ANSWERS = `(
    ${OPENED};
    $asked.(
      $value := $lookup($form, $);
      $person := $type($value) = "object" and ($exists($value.first) or $exists($value.last));
      $question := $replace($replace($, /^q\\d+_/, ""), /([a-z])([A-Z])/, "$1 $2");
      $person ? [
        {"question": $question & " (first)", "kind": "first", "value": $value.first},
        {"question": $question & " (last)", "kind": "last", "value": $value.last}
      ] : {"question": $question, "value": $value}
    )
  )`;

const fields = contactFields({
  answers: ANSWERS,
  kinds: { first_name: ["first"], last_name: ["last"] },
});

// rawRequest has shortened titles. `pretty` has the full ones, in one line with the answers: it is
// broken after each answer.
const MESSAGE = block(
  { answers: ANSWERS },
  OPENED,
  '$summary := $text(pretty) != "" ? $reduce([$asked.$text($lookup($form, $))][$ != ""],\n' +
    '    function($all, $one) { $replace($all, ":" & $one & ", ", ": " & $one & "\\n", 1) },\n' +
    '    $text(pretty) & ", ")',
  `$lines := [
    formTitle ? "Form: " & formTitle,
    $summary ? $replace($summary, /(, |\\n)$/, "") : $answers.($t := $text(value); $t != "" ? question & ": " & $t)]`,
  '$count($lines) > 0 ? $join($lines, "\\n")',
);

/** Jotform (help: Setting up a webhook). It signs nothing: the address itself is the secret. */
export const jotform: Preset = {
  ...FORM,
  name: "jotform",
  title: "Jotform",
  verification: { type: "none" },
  secrets: {},
  event_id: idAt("submissionID"),
  field_map: { ...fields, message: MESSAGE },
  defaults: { source: "jotform" },
  setup: "In the form, open Settings > Integrations > Webhooks and paste the address. Jotform " +
    "signs nothing, so keep the address secret.",
};
