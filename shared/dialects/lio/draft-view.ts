import { emailDrafts } from "../../crm/email-drafts.ts";
import { leads } from "../../crm/leads.ts";
import { column, linked, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { time } from "./codecs.ts";
import { userNumber } from "./lead-links.ts";

/** A draft of an email as this API names it (decisions: 19). */
export const draft = view(emailDrafts, {
  id: number(),
  lead_id: linked(leads),
  subject: column(),
  body: column(),
  persona: column(),
  status: column(),
  created_by: userNumber("created_by"),
  approved_by: userNumber("approved_by"),
  approved_at: time(),
  sent_at: time(),
  message_id: column(),
  created_at: time(),
});
