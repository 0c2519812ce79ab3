import * as z from "zod";
import { mailAccounts } from "../../crm/mail-accounts.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";
import { numberOf } from "./linked-codecs.ts";

/** A mail account as this API names it (decisions: 21). */
export const mailAccount = view(mailAccounts, {
  id: number(),
  mailer: column("provider"),
  from_address: column(),
  from_name: column(),
  is_default: column(),
  state_id: lookup(
    () => z.literal([0, 1]),
    (of) => sql`select case when ${of("is_active")} then 1 else 0 end`,
  ),
  last_error: column(),
  user_id: numberOf("users", "user_id"),
  created_at: time(),
});
