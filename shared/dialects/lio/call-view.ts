import * as z from "zod";
import { calls } from "../../crm/calls.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";
import { numberOf } from "./linked-codecs.ts";

/** A call as this API names it (decisions: 23). */
export const callRecord = view(calls, {
  id: number(),
  user_id: numberOf("users", "user_id"),
  lead_id: numberOf("leads", "lead_id"),
  contact_id: numberOf("contacts", "contact_id"),
  company_id: numberOf("companies", "company_id"),
  direction: column(),
  from_number: column(),
  to_number: column(),
  status: column(),
  started_at: time(),
  answered_at: time(),
  ended_at: time(),
  duration_sec: column(),
  transcript: lookup(
    () => z.string().nullable(),
    (of) =>
      sql`select string_agg(its.said, ${sql.literal("\n")} order by its.place)
        from crm.call_turns its where its.call_id = ${of("id")}`,
  ),
  price: column(),
  currency: column(),
  has_recording: lookup(() => z.boolean(), (of) => sql`select ${of("recording_sid")} is not null`),
  sid: column(),
  created_at: time(),
});
