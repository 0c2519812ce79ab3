import { openAccount } from "../connected/open-account.ts";
import {
  type SlackMessage,
  slackMessageBegun,
  slackMessageEnded,
  slackMessagePutBack,
} from "../crm/slack-messages.ts";
import { statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { RetryLater, type Work } from "../jobs/work.ts";
import { postToSlack, slack, slackText } from "../providers/messaging/slack.ts";
import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import { noteSlackFailure } from "./slack-failure.ts";

const RETRY_AFTER = [5, 30, 120, 600, 1_800, 7_200];
const LONGEST_BODY = 2_000;

/**
 * The work of jobs that post a notification to the organisation's Slack, `{message_id}`: once, and not again where
 * it cannot be known whether Slack has it.
 */
export const slackWork: Work = {
  retryAfter: RETRY_AFTER,
  async run({ payload, attempt }, context) {
    const { workspace, env, signal, done } = context;
    const id = String(payload.message_id);
    const end = [statement(slackMessageEnded(id)), done];
    const account = await openAccount(context, { provider: "slack", userId: null });
    const channel = account?.settings.channel;
    const [rows] = await workspace.write([statement(slackMessageBegun(id))]);
    const [message] = rowsOf<SlackMessage & { is_new: boolean }>(rows);
    if (account === null || typeof channel !== "string" || message?.is_new !== true) {
      await workspace.write(end);
      return;
    }
    try {
      const service = slack(env, account.access);
      await postToSlack(service, { channel, text: textOf(message) }, signal);
    } catch (error) {
      if (!(error instanceof ProviderFailed)) throw error;
      await noteSlackFailure(workspace, account, error);
      const isPassing = !error.mayHaveHappened && (error.status === null || error.status === 429);
      if (isPassing && attempt <= RETRY_AFTER.length) {
        await workspace.write([statement(slackMessagePutBack(id))]);
        throw new RetryLater(error.message);
      }
    }
    await workspace.write(end);
  },
};

function textOf({ title, body, people }: SlackMessage): string {
  const about = body === null ? "" : `\n${[...body].slice(0, LONGEST_BODY).join("")}`;
  return slackText(`${people.join(", ")}: ${title}${about}`);
}
