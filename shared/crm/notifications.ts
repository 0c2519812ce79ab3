import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { type Resource, resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** What users are told of. */
export const NOTIFICATION_TYPES = [
  "lead_assigned",
  "hot_lead",
  "follow_up_due",
  "import_finished",
  "export_finished",
  "booking",
  "mail_reply",
  "system",
] as const;

/** What a user was told. */
export const notifications: Resource = resource({
  record: "notification",
  name: "notifications",
  table: "crm.notifications",
  columns: {
    id: column.id,
    type: column.readOnly(z.enum(NOTIFICATION_TYPES)),
    title: column.readOnly(z.string()),
    body: column.readOnly(answer.text),
    is_read: column.readOnly(z.boolean()),
    read_at: column.readOnly(answer.timestamp.nullable()),
    subject_type: column.readOnly(answer.text),
    subject_id: column.readOnly(z.int().nullable()),
    created_at: column.time,
  },
  sorts: { number: { column: "number", type: "bigint", unique: true } },
});

/** The query of how many notifications a user has not read: `unread`. */
export function unreadOf(user: string): Sql {
  return sql`select count(*)::int as unread from crm.notifications
    where user_id = ${user} and read_at is null`;
}

/** The query that marks a user's notifications read, by their numbers; `updated` is how many were not. */
export function reading(user: string, numbers: readonly number[]): Sql {
  return sql`with marked as (
      update crm.notifications set read_at = now()
        where user_id = ${user} and number = any(${numbers}::bigint[]) and read_at is null returning id)
    select count(*)::int as updated from marked`;
}

/** The query that tells whom a follow-up is assigned to that it is due, if it is open and due at that time. */
export function followUpNotification(task: string, due: string): Sql {
  return sql`insert into crm.notifications (user_id, type, title, body, subject_type, subject_id)
    select due.assigned_to, 'follow_up_due', 'Follow-up with ' || app.name_of_lead(l) || ' is due',
      due.description, 'lead', l.number
    from crm.follow_ups due
    join crm.leads l on l.workspace_id = due.workspace_id and l.id = due.lead_id
    where due.id = ${task} and due.follow_up_at = ${due}::timestamptz and due.follow_up_status in (1, 2, 6)
      and due.assigned_to is not null`;
}
