import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { WorkContext } from "../jobs/work.ts";
import type { Attempted } from "./attempt.ts";
import { endingOf } from "./ending.ts";
import type { Opened } from "./open-mailer.ts";
import type { StoredMessage } from "./stored-message.ts";
import { systemSender } from "./system-mail.ts";

/** What an attempt comes to, and what is written before it. */
interface Ended {
  attempted: Attempted;
  before: Statement[];
}

/**
 * An invitation that its mail account refuses goes through the server of the system, at once; where there is none,
 * the account is tried again, as it may be mended meanwhile. One that may have been sent stays with the account.
 */
export function otherwiseBySystem(
  message: StoredMessage,
  { mailer, part }: Opened,
  attempted: Attempted,
  env: WorkContext["env"],
): Ended {
  const { ending, trouble } = attempted;
  const isOfAccount = message.invitation !== null && part !== null;
  const isAtFault = typeof trouble === "string" || "state" in mailer;
  if (!isOfAccount || !isAtFault || ending.state !== "failed" || ending.inDoubt) {
    return { attempted, before: [] };
  }
  const { error } = ending;
  const sender = systemSender(env);
  if (sender === null) {
    const later = { state: "later", error, account: true, retryAfter: null } as const;
    return { attempted: { ...attempted, ending: endingOf(later, message, false) }, before: [] };
  }
  return {
    attempted: { ...attempted, ending: { state: "queued", error, inDoubt: false, retryIn: 0 } },
    before: [statement(
      sql`select app.invite_by_system(${message.id}, ${sender.address}, ${sender.name})`,
    )],
  };
}
