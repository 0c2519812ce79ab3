import type { MailLink } from "../auth/mail-link.ts";
import { signalPoints } from "../crm/signal-types.ts";
import type { Database } from "../db/database.ts";
import { type Sql, sql, statement } from "../db/sql.ts";
import { Workspace } from "../db/workspace.ts";

/** A link in a message that somebody follows. */
export interface Followed {
  database: Database;
  link: MailLink;
  /** The request that is being answered. */
  requestId: string;
}

/** Notes that a message was opened. */
export async function noteOpen(followed: Followed): Promise<void> {
  const { messageId } = followed.link;
  const [points, ofThird] = [signalPoints("email_opened"), signalPoints("email_opened_3x")];
  await answered(
    followed,
    sql`select app.note_open(${messageId}, ${points}::numeric, ${ofThird}::numeric) as answer`,
  );
}

/** Notes that a link was followed; answers where it leads, null when the message is gone. */
export async function noteClick(followed: Followed): Promise<string | null> {
  const { messageId, link } = followed.link;
  const address = await answered(
    followed,
    sql`select app.note_click(
      ${messageId}, ${link}, ${signalPoints("link_clicked")}::numeric) as answer`,
  );
  return typeof address === "string" ? address : null;
}

/** Where a link leads, which nobody follows now; null when the message is gone. */
export async function linkTarget(followed: Followed): Promise<string | null> {
  const { messageId, link } = followed.link;
  const [[row] = []] = await acting(followed).read([
    statement(
      sql`select links[${link}::integer] as address from crm.messages where id = ${messageId}`,
    ),
  ]);
  return typeof row?.address === "string" ? row.address : null;
}

/** Keeps that the recipient wants no more mail; answers whether there is such a message. */
export async function unsubscribeRecipient(followed: Followed): Promise<boolean> {
  const { messageId } = followed.link;
  return await answered(followed, sql`select app.unsubscribe_recipient(${messageId}) as answer`) ===
    true;
}

// Whoever has the link acts in the workspace that its token names, as the message.
function acting({ database, link, requestId }: Followed): Workspace {
  return new Workspace(database, {
    workspaceId: link.workspaceId,
    actor: { kind: "message", id: link.messageId },
    scopes: [],
    requestId,
  });
}

async function answered(followed: Followed, query: Sql): Promise<unknown> {
  const [[row] = []] = await acting(followed).write([statement(query)]);
  return row?.answer;
}
