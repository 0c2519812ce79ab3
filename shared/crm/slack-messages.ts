import { type Sql, sql } from "../db/sql.ts";

/** A message on its way to Slack. */
export interface SlackMessage {
  title: string;
  body: string | null;
  /** The names of whom it is for. */
  people: readonly string[];
}

/** The query that stores a message that is to be posted at once, and answers its `id`. */
export function slackMessageCreation(text: string): Sql {
  return sql`insert into crm.slack_messages (title, people) values (${text}, '{}') returning id`;
}

/**
 * The query that begins to post a message: a `SlackMessage`, and whether it `is_new`. One that was begun before may
 * have been posted.
 */
export function slackMessageBegun(id: string): Sql {
  return sql`with known as materialized (
      select id, title, body, people, begun_at is null as is_new from crm.slack_messages
      where id = ${id}::uuid for update
    ), begun as (
      update crm.slack_messages m set begun_at = now() from known where m.id = known.id
    )
    select title, body, people, is_new from known`;
}

/** The query that notes that a message was certainly not posted. */
export function slackMessagePutBack(id: string): Sql {
  return sql`update crm.slack_messages set begun_at = null where id = ${id}::uuid`;
}

/** The query that forgets a message that was posted, or never will be. */
export function slackMessageEnded(id: string): Sql {
  return sql`delete from crm.slack_messages where id = ${id}::uuid`;
}
