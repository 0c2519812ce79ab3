import * as z from "zod";
import { meetings } from "../../crm/meetings.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";

const numberOf = (table: "companies" | "contacts" | "leads" | "users", from: string): Codec =>
  lookup(
    () => z.int().nullable(),
    (of) => sql`select its.number from ${sql.table(`crm.${table}`)} its where its.id = ${of(from)}`,
  );

/** A meeting as this API names it (decisions: 17). */
export const meeting = view(meetings, {
  id: number(),
  user_id: numberOf("users", "user_id"),
  lead_id: numberOf("leads", "lead_id"),
  contact_id: numberOf("contacts", "contact_id"),
  company_id: numberOf("companies", "company_id"),
  title: column(),
  description: column(),
  location: column(),
  start_time: time(),
  end_time: time(),
  timezone: column(),
  attendees: column(),
  meeting_url: column(),
  meeting_tool: column(),
  status: column(),
  summary: column(),
  has_transcript: lookup(
    () => z.boolean(),
    (of) =>
      sql`select exists (
      select from crm.meeting_transcripts its where its.meeting_id = ${of("id")})`,
  ),
  booking: column(),
  created_at: time(),
  updated_at: time(),
});
