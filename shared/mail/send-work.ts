import { sql } from "../db/sql.ts";
import { replaceSecrets } from "../integrations/open-integration.ts";
import { enqueue } from "../jobs/enqueue.ts";
import type { Job } from "../jobs/job.ts";
import type { Work, WorkContext } from "../jobs/work.ts";
import { attempt } from "./attempt.ts";
import { otherwiseBySystem } from "./invite-by-system.ts";
import { openMailer } from "./open-mailer.ts";
import { beginMessage, handOverMessage, type StoredMessage } from "./stored-message.ts";
import { writeEnding } from "./write-ending.ts";

/** When today is over, by which daily limits count. */
const TOMORROW = sql`(app.utc_today() + 1)::timestamp at time zone 'UTC'`;

/**
 * `mail.send {message_id}`: one attempt to send a message. A further one is a job of its own, so
 * `retryAfter` counts only for what went wrong here.
 */
const sendMail: Work = {
  retryAfter: [60, 300, 1_800, 7_200],
  async run(job, context) {
    const opened = await openMailer(String(job.payload.message_id), context);
    const message = await begun(job, context);
    if (message === null) return;
    const { id, integration_id: integration } = message;
    const made = await attempt(message, opened, {
      signal: context.signal,
      handOver: async () => void await context.workspace.write([handOverMessage(id, job)]),
    });
    const { attempted, before } = otherwiseBySystem(message, opened, made, context.env);
    await context.workspace.write([
      ...before,
      ...writeEnding(message, attempted, opened),
      context.done,
    ]);
    const refreshToken = attempted.rotated.at(-1);
    if (integration === null || refreshToken === undefined) return;
    await replaceSecrets(context, integration, { refresh_token: refreshToken });
  },
};

export default sendMail;

/** The message, marked as being sent before anybody is talked to; null when it is not to be sent now. */
function begun(job: Job, { workspace, done }: WorkContext): Promise<StoredMessage | null> {
  const id = String(job.payload.message_id);
  return workspace.transact(async (transaction) => {
    const [rows] = await transaction.run([beginMessage(id, job)]);
    const message = rows?.[0] as StoredMessage | undefined;
    if (message?.state === "sending") return message;
    if (message?.state === "queued") {
      const again = enqueue(job.kind, { message_id: id }, { runAt: TOMORROW });
      await transaction.run([again, done]);
    }
    return null;
  });
}
