import * as z from "zod";
import { accountContacts, outreachSteps } from "../../crm/account-contacts.ts";
import { targetAccounts } from "../../crm/target-accounts.ts";
import { column, linked, lookup, number } from "../../crm/views/codecs.ts";
import { contacts } from "../../crm/contacts.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";
import { userNumber } from "./lead-links.ts";
import { numberOf } from "./linked-codecs.ts";

/** A target account as this API names it (decisions: 15). */
export const targetAccount = view(targetAccounts, {
  id: number(),
  company_id: numberOf("companies", "company_id"),
  company_name: column(),
  owner_id: numberOf("users", "owner_id"),
  owner_name: column(),
  tier: column(),
  status: column(),
  icp_fit_score: column(),
  estimated_decision_makers: column(),
  engagement_score: column(),
  health: column(),
  contact_count: column(),
  decision_maker_count: column(),
  coverage: column(),
  open_deal_value: column(),
  last_engaged_at: time(),
  created_at: time(),
  updated_at: time(),
});

const ofContact = (schema: () => z.ZodType, what: Sql): Codec =>
  lookup(
    schema,
    (of) => sql`select ${what} from crm.contacts its where its.id = ${of("contact_id")}`,
  );
const text = () => z.string().nullable();

/** What a contact of an account is called. */
export const CALLED: Sql = sql`app.called(its.first_name, its.last_name, its.email, its.phone)`;

/** A contact of an account as this API names it (decisions: 15). */
export const accountContact = view(accountContacts, {
  contact_id: linked(contacts),
  name: ofContact(() => z.string(), CALLED),
  email: ofContact(text, sql`its.email`),
  designation: ofContact(text, sql`its.title`),
  stakeholder_role: column(),
  added_at: time("created_at"),
});

/** A step of an outreach plan as this API names it (decisions: 15). */
export const outreachStep = view(outreachSteps, {
  id: number(),
  target_account_id: linked(targetAccounts),
  step: column(),
  contact_id: linked(contacts),
  channel: column(),
  scheduled_at: time(),
  assigned_to: userNumber("assigned_to"),
  notes: column(),
  status: column(),
  created_at: time(),
});
