import type { Preset } from "../preset.ts";
import { FORM, SECRET_HEADER } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// What WordPress keeps about an entry, by whole key and by the key's first word.
const KEPT = '["post_id", "ip", "user_agent", "currency", "created_by", "status"]';
const NUMBERED = "/^\\d+(\\.\\d+)?$/";
const KEPT_WORDS = '["date", "is", "source", "payment", "transaction", "submission"]';

// "All fields" is the entry as it is stored: fields by number, without their labels. A name's parts
// are .3 (first), .4 (middle) and .6 (last); an address or a list of choices has those too, but starts
// with .1.
// WordPress escapes texts for HTML.
const ANSWERS = `$type($) = "object" ? (
    $all := $keys($);
    $entry := $unescaped($sift($, function($value, $key) {
      $not($key in ["id", "form_id"] or $exists(date_created) and
        ($key in ${KEPT} or $substringBefore($key, "_") in ${KEPT_WORDS}))
    }));
    [
      $keys($entry)[$contains($, ${NUMBERED})].(
        $part := $substring($, -2);
        $ofName := $part in [".3", ".4", ".6"] and $not($substringBefore($, ".") & ".1" in $all);
        {
          "question": "Field " & $,
          "value": $lookup($entry, $),
          "kind": $ofName ? $lookup({".3": "first_name", ".4": "middle_name", ".6": "last_name"}, $part)
            : $contains($, ".") ? "part" : "unnamed"
        }
      ),
      $answers($sift($entry, function($value, $key) { $not($contains($key, ${NUMBERED})) }))
    ]
  )`;

/** Gravity Forms with its Webhooks add-on (docs: Triggering Webhooks on Form Submissions). */
export const gravityForms: Preset = {
  ...FORM,
  name: "gravity_forms",
  title: "Gravity Forms",
  verification: SECRET_HEADER,
  secrets: { secret: "optional" },
  event_id: 'id ? (form_id ? form_id & "-" : "") & id',
  ...contactForm({ answers: ANSWERS }),
  defaults: { source: "gravity_forms" },
  setup: "In the form, open Settings > Webhooks and add a feed: method POST, the address as " +
    "request URL, all fields or fields that you name (with the entry's id and form_id, so that a " +
    "repeated one is known), and the secret as request header x-connector-secret.",
};
