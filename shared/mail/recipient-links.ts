import type { MailLink } from "../auth/mail-link.ts";
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
  await answered(followed, sql`select app.note_open(${followed.link.messageId}) as answer`);
}

/** Notes that a link was followed; answers where it leads, null when the message is gone. */
export async function noteClick(followed: Followed): Promise<string | null> {
  const { messageId, link } = followed.link;
  const address = await answered(
    followed,
    sql`select app.note_click(${messageId}, ${link}) as answer`,
  );
  return typeof address === "string" ? address : null;
}

/** Keeps that the recipient wants no more mail; answers whether there is such a message. */
export async function unsubscribeRecipient(followed: Followed): Promise<boolean> {
  const { messageId } = followed.link;
  return await answered(followed, sql`select app.unsubscribe_recipient(${messageId}) as answer`) ===
    true;
}

// Whoever has the link acts in the workspace that its token names, as the message.
async function answered({ database, link, requestId }: Followed, query: Sql): Promise<unknown> {
  const workspace = new Workspace(database, {
    workspaceId: link.workspaceId,
    actor: { kind: "message", id: link.messageId },
    scopes: [],
    requestId,
  });
  const [[row] = []] = await workspace.write([statement(query)]);
  return row?.answer;
}
