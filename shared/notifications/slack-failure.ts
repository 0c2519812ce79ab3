import { noteAccountFailure, type UsedAccount } from "../connected/account.ts";
import type { Workspace } from "../db/workspace.ts";
import type { ProviderFailed } from "../providers/outgoing/provider-failed.ts";

/** What Slack answers with status 200 to a token that does not let in any more. */
const OF_TOKENS = new Set([
  "account_inactive",
  "invalid_auth",
  "not_authed",
  "token_expired",
  "token_revoked",
]);

/** Tells the organisation that Slack does not let its app in, where that is so. */
export async function noteSlackFailure(
  workspace: Workspace,
  account: UsedAccount,
  { code, message }: ProviderFailed,
): Promise<void> {
  if (code === null || !OF_TOKENS.has(code)) return;
  await workspace.write([noteAccountFailure(account, message)]);
}
