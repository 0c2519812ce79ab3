import * as z from "zod";
import { NOTIFICATION_TYPES, notifications } from "../../crm/notifications.ts";
import { column, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";

/** The types of notifications by their ids (decisions: 12). */
export const TYPE_IDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  NOTIFICATION_TYPES.map((type, at) => [at + 1, [type]]),
);

function typeId(): Codec {
  const cases = NOTIFICATION_TYPES.map((type, at) =>
    sql`when ${sql.literal(type)} then ${sql.raw(String(at + 1))}`
  );
  return () => ({
    schema: () => z.int().min(1).max(NOTIFICATION_TYPES.length),
    value: sql`case type ${sql.join(cases, sql` `)} end`,
    needs: ["type"],
    shows: null,
    input: null,
  });
}

/** A notification as this API names it (decisions: 12). */
export const notification = view(notifications, {
  id: number(),
  type_id: typeId(),
  type: column(),
  title: column(),
  body: column(),
  is_read: column(),
  read_at: time(),
  subject_type: column(),
  subject_id: column(),
  created_at: time(),
});
