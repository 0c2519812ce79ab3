import * as z from "zod";
import { phoneNumbers } from "../../crm/phone-numbers.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";

/** A phone number as this API names it (decisions: 23). */
export const phoneNumber = view(phoneNumbers, {
  id: number(),
  phone_number: column(),
  friendly_name: column(),
  type: column(),
  sid: column(),
  capabilities: column(),
  monthly_price: column(),
  assigned_user_ids: lookup(
    () => z.array(z.int()),
    (of) =>
      sql`select coalesce(json_agg(u.number order by u.number), '[]')
        from crm.phone_number_users its join crm.users u on u.id = its.user_id
        where its.phone_number_id = ${of("id")}`,
  ),
  created_at: time(),
});
