import type { Preset } from "../preset.ts";
import { FORM, idAt } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

// Choices come as ids of options, files as objects, a matrix as an object of its rows. Checkboxes
// come a second time, one truth value for each option.
const ANSWERS = `data.fields[$not(type = "CHECKBOXES" and $type(value) = "boolean")].(
    $options := options; $rows := rows; $columns := columns; $given := value;
    {
      "question": $type(label) = "string" ? label,
      "kind": type,
      "value": type = "MATRIX"
        ? $keys($given).($row := $; $cells := $lookup($given, $row);
            $rows[id = $row].text & " " & $join($columns[id in $cells].text, ", "))
        : [$given].($one := $;
            [$options[id = $one].text, $type($one) = "object" ? $one.url, $one][0])
    }
  )`;

/** Tally (help: Webhooks). */
export const tally: Preset = {
  ...FORM,
  name: "tally",
  title: "Tally",
  verification: {
    type: "signature",
    header: "tally-signature",
    algorithm: "sha256",
    encoding: "base64",
    prefix: "",
    signed: "{body}",
    timestamp: null,
  },
  secrets: { secret: "optional" },
  event_id: idAt("eventId"),
  skip: 'eventType != "FORM_RESPONSE" ? "Not a submitted form: " & eventType',
  ...contactForm({
    answers: ANSWERS,
    heading: 'data.formName ? "Form: " & data.formName',
  }),
  defaults: { source: "tally" },
  setup: "Publish the form, open Integrations > Webhooks, paste the address as endpoint, and add " +
    "the same signing secret.",
};
