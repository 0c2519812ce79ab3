import type { UsedAccount } from "../../connected/account.ts";
import { noteSlackFailure } from "../../notifications/slack-failure.ts";
import type { Workspace } from "../../db/workspace.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { notConnected } from "./errors.ts";

/** What Slack says of a channel that cannot be posted to. */
const OF_CHANNELS: Readonly<Record<string, string>> = {
  channel_not_found: "Slack has no such channel, or the app cannot see it.",
  not_in_channel: "The app is not a member of the channel; invite it there.",
  is_archived: "The channel is archived.",
};
const NOT_CONNECTED = new Set(["invalid_auth", "token_revoked"]);

/** Makes of Slack's failure what this API says of it (decisions: 24), and throws that. */
export function asSlackRefusal(workspace: Workspace, account: UsedAccount) {
  return async (error: unknown): Promise<never> => {
    if (!(error instanceof ProviderFailed) || error.code === null) throw error;
    await noteSlackFailure(workspace, account, error);
    const message = OF_CHANNELS[error.code];
    if (message !== undefined) throw new InvalidInput([{ field: "channel", message }]);
    if (!NOT_CONNECTED.has(error.code)) throw error;
    throw notConnected("slack", "Slack does not take the app's token any more; connect it again.");
  };
}
