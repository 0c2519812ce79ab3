import type { Preset } from "../preset.ts";
import { FORM, SECRET_HEADER } from "./common.ts";
import { contactForm } from "./contact-fields.ts";

const BOOKKEEPING = "/^(hs_|hubspot|num_|recent_|first_(conversion|deal)|notes_|ip_|associated|" +
  "days_to_|currentlyinworkflow|followercount|total_revenue|lifecyclestage$)|date$/";

// A property is {value, versions…} or the bare value; a body the workflow composes has no
// \`properties\` at all. What HubSpot itself keeps about a record says nothing about the person.
const ANSWERS = `(
    $record := $exists(properties) ? properties : $;
    $type($record) = "object" ? $answers($sift($record, function($value, $key) {
      $not($contains($key, ${BOOKKEEPING})) and
        ($exists($$.properties) or $not($key in ["vid", "id", "objectId", "objectTypeId"]))
    }))
  )`;

// The address of a contact of the old API may stand among its identities alone.
const IDENTITIES = `$exists(properties.email) ? [] :
    \`identity-profiles\`.identities[type = "EMAIL"].{"question": "email", "kind": "email", "value": value}`;

/** HubSpot workflows with the action "Send a webhook" (developers: Webhooks in workflows). */
export const hubspotWorkflow: Preset = {
  ...FORM,
  name: "hubspot_workflow",
  title: "HubSpot workflow",
  verification: SECRET_HEADER,
  secrets: { secret: "optional" },
  // HubSpot names no event: the record as it stood then is one.
  event_id: `(
    $id := [vid, objectId, id, properties.hs_object_id.value, properties.hs_object_id][0];
    $changed := [properties.lastmodifieddate.value, properties.lastmodifieddate,
      properties.hs_lastmodifieddate.value, properties.hs_lastmodifieddate, updatedAt][0];
    $id and $changed ? $id & "-" & $changed
  )`,
  ...contactForm({ answers: `[${ANSWERS}, ${IDENTITIES}]` }),
  defaults: { source: "hubspot" },
  setup: "In a contact-based workflow, add the action Send a webhook with method POST and the " +
    "address; to prove the sender, choose API key as authentication, in a request header named " +
    "x-connector-secret, with the secret as its value.",
};
