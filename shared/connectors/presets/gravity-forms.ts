import type { Preset } from "../preset.ts";
import { FORM, SECRET_HEADER } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// What WordPress keeps about an entry, by whole key and by the key's first word.
const KEPT = '["post_id", "ip", "user_agent", "currency", "created_by", "status"]';
const KEPT_WORDS = '["date", "is", "source", "payment", "transaction", "submission"]';

// More digits than a date has.
const PHONE = "/^([+\\(0]+|\\d\\d)([\\s\\(\\).\\/-]*\\d){8,14}$/";

// "All fields" is the entry as it is stored: fields by number, without their labels. A name's parts
// are .3 (first) and .6 (last); an address or a list of choices has those too, but starts with .1.
const ANSWERS = `(
    $entry := $; $all := $keys($entry);
    $all[$not($ in ["id", "form_id"] or $exists($entry.date_created) and
      ($ in ${KEPT} or $substringBefore($, "_") in ${KEPT_WORDS}))][$lookup($entry, $) != ""].(
      $key := $; $value := $lookup($entry, $key);
      $numbered := $contains($key, /^\\d+(\\.\\d+)?$/);
      $part := $substring($key, -2);
      {
        "question": $numbered ? "Field " & $key : $key,
        "value": $value,
        "kind": $not($numbered) ? "named"
          : $part in [".3", ".6"] and $not($substringBefore($key, ".") & ".1" in $all) ? $part
          : $type($value) != "string" or $length($value) > 255 ? "other"
          : $contains($value, $email) ? "email"
          : $contains($value, ${PHONE}) ? "phone"
      }
    )
  )`;

/** Gravity Forms with its Webhooks add-on (docs: Triggering Webhooks on Form Submissions). */
export const gravityForms: Preset = {
  ...FORM,
  name: "gravity_forms",
  title: "Gravity Forms",
  verification: SECRET_HEADER,
  secrets: { secret: "optional" },
  event_id: 'id ? (form_id ? form_id & "-" : "") & id',
  ...contactForm({
    answers: ANSWERS,
    kinds: { email: ["email"], phone: ["phone"], first_name: [".3"], last_name: [".6"] },
  }),
  defaults: { source: "gravity_forms" },
  setup: "In the form, open Settings > Webhooks and add a feed: method POST, the address as " +
    "request URL, all fields or fields that you name (with the entry's id and form_id, so that a " +
    "repeated one is known), and the secret as request header x-connector-secret.",
};
