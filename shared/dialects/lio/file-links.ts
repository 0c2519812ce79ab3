import * as z from "zod";
import { lookup } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { sql } from "../../db/sql.ts";
import type { Call, Outcome } from "../../http/call.ts";
import type { LioCaller } from "./caller.ts";

/** What PostgreSQL writes in place of a file's address (SQL: app.file_link): no value of a record reads so. */
const PLACE = /\{"file":\t"([0-9a-f-]{36})"\}/g;
const PLACED = '{"file":\t"';

/** The address of a file, by the column with the id of its bytes. */
export function fileUrl(column: string): Codec {
  return lookup(() => z.url(), (of) => sql`select app.file_link(${of(column)})`);
}

/** The address of the picture of a record; null without one. */
export function imageOf(link: "lead_id" | "company_id"): Codec {
  return lookup(
    () => z.url().nullable(),
    (of) =>
      sql`select app.file_link(its.bytes_id) from crm.images its
        where its.${sql.ref(link)} = ${of("id")} order by its.id desc limit 1`,
  );
}

/** An answer in which the addresses of files stand, signed, good for an hour from now on. */
export function withFileLinks(outcome: Outcome, call: Call<LioCaller>): Outcome {
  const { body } = outcome;
  if (typeof body !== "string" || !body.includes(PLACED)) return outcome;
  const { publicUrl, fileLinks } = call.services;
  const at = Math.floor(Date.now() / 1_000);
  const { workspaceId } = call.caller;
  const address = (id: string) =>
    fileLinks && `${publicUrl}/lio/files/${fileLinks.issue({ workspaceId, id }, at)}`;
  return { ...outcome, body: body.replace(PLACE, (_, id: string) => JSON.stringify(address(id))) };
}
