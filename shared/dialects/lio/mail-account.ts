import { MAILERS, noteAccountFailure } from "../../connected/account.ts";
import { type OpenAccount, openAccount } from "../../connected/open-account.ts";
import type { Call } from "../../http/call.ts";
import { wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { LOGIN_REFUSED } from "../../providers/mailbox/failures.ts";
import { type Mailbox, mailboxOf } from "../../providers/mailbox/mailbox.ts";
import { TOKEN_REJECTED } from "../../providers/outgoing/ask-service.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { networksOf } from "../../providers/outgoing/networks.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { notConfigured, notConnected } from "./errors.ts";

/** For all that is asked of a provider to answer one request. */
const TIMEOUT_MS = 60_000;

/** The codes by which a provider does not take an account's credentials. */
const CREDENTIALS_REFUSED = new Set([TOKEN_REJECTED, LOGIN_REFUSED]);

/** The number of a mail account in a query. */
export const configId = lazy(() =>
  wholeNumber(Number.MAX_SAFE_INTEGER).meta({
    description: "A mail account of the caller.",
    examples: [9],
  })
);

/** How reading a mailbox is refused. */
export const MAILBOX_REFUSALS = [
  "not_found",
  "conflict",
  "provider_failed",
  "unavailable",
] as const;

/** The mail account of the caller with a number. Throws Refusal. */
export async function ownMailAccount(call: Call<LioCaller>, number: number): Promise<OpenAccount> {
  const { workspace, services, caller } = call;
  if (!services.env.LUMENBASE_ENCRYPTION_KEY) {
    throw notConfigured("encryption", "LUMENBASE_ENCRYPTION_KEY is not set; no mail can be read.");
  }
  const { secrets, env } = services;
  const account = await openAccount({ workspace, secrets, env }, { number });
  const isOwn = account?.user_id === userOf(caller).userId;
  if (account === null || !isOwn || !MAILERS.some((mailer) => mailer === account.provider)) {
    throw new RecordNotFound("mail account", String(number));
  }
  return account;
}

/** Reads the mailbox of an account, and notes at it when its credentials are refused. Throws Refusal. */
export async function readingMailbox<T>(
  call: Call<LioCaller>,
  account: OpenAccount,
  read: (mailbox: Mailbox) => Promise<T>,
): Promise<T> {
  const mailbox = await openedMailbox(call, account);
  try {
    return await read(mailbox);
  } catch (error) {
    if (error instanceof ProviderFailed && CREDENTIALS_REFUSED.has(error.code ?? "")) {
      await call.workspace.write([noteAccountFailure(account, error.message)]);
    }
    throw error;
  }
}

async function openedMailbox(
  { services: { env }, request }: Call<LioCaller>,
  account: OpenAccount,
): Promise<Mailbox> {
  const mailbox = await mailboxOf(account, {
    env,
    networks: networksOf(env.OUTBOUND_PRIVATE_NETWORKS),
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  if (mailbox !== null) return mailbox;
  const message = "This mail account has no imap_host: mail is sent by it, and none can be read.";
  throw notConnected("mail_account", message);
}
