import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { MAIL_CHANNELS } from "./outbound-email.ts";

const TIME = sql.literal('YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

/** Selects what mail can go through, the oldest first: rows without secrets, with `sent_today`. */
export function selectMailConnections(): Statement {
  return statement(sql`
    select i.id, i.type, i.name, i.settings ->> 'from_email' as from_email,
      i.settings ->> 'from_name' as from_name, i.status,
      (i.settings ->> 'daily_limit')::integer as daily_limit, coalesce(used.messages, 0) as sent_today,
      i.last_error, to_char(i.created_at, ${TIME}) as created_at
    from crm.integrations i
    left join crm.mail_usage used on used.workspace_id = i.workspace_id and used.integration_id = i.id
      and used.day = app.utc_today()
    where i.type = any (${MAIL_CHANNELS}::text[])
    order by i.created_at, i.id`);
}
