import type { SecretBox } from "../../auth/secret-box.ts";
import type { NewAccount } from "../../connected/connect.ts";
import { givenAccess } from "../../connected/given-access.ts";
import type { Call } from "../../http/call.ts";
import { smtpAccount } from "../../mail/mail-account.ts";
import { clientName } from "../../mail/open-mailer.ts";
import { type TriedAccount, tryAccount } from "../../providers/mail/try-account.ts";
import { hostRefusal } from "../../providers/outgoing/host-refusal.ts";
import { networksOf } from "../../providers/outgoing/networks.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { notConfigured } from "./errors.ts";
import { type GivenAccount, smtpSettings } from "./mail-account-body.ts";

/** For all of a trial, which a user waits for. */
const TRIAL_MS = 30_000;

/** What encrypts the secrets of accounts. Throws Refusal where there is no key for that. */
export function secretsOf({ services }: Pick<Call, "services">): SecretBox {
  if (services.env.LUMENBASE_ENCRYPTION_KEY) return services.secrets();
  throw notConfigured("encryption", "Accounts cannot be kept without LUMENBASE_ENCRYPTION_KEY.");
}

/**
 * The account as it is to be stored, once its credentials were tried. Throws InvalidInput where they, or its servers,
 * are refused, and ProviderFailed where they could not be tried.
 */
export async function triedAccount(
  call: Call<LioCaller>,
  given: GivenAccount,
): Promise<NewAccount> {
  const { mailer, from_address, from_name, password } = given;
  const account = {
    provider: mailer,
    userId: userOf(call.caller).userId,
    fromAddress: from_address,
    fromName: from_name,
  };
  if (mailer === "smtp") {
    const settings = smtpSettings(given);
    await requireHosts(call, settings);
    await tried(call, smtpAccount(settings, password));
    return { ...account, settings, secrets: { password } };
  }
  const { refresh_token, client_id, client_secret, expires_at } = given;
  const { access, tokens } = givenAccess(mailer, {
    access_token: password,
    refresh_token: refresh_token ?? undefined,
    client_id: client_id ?? undefined,
    client_secret: client_secret ?? undefined,
    expires_at: expires_at ?? undefined,
  }, call.services.env);
  await tried(call, { type: mailer, access });
  return { ...account, secrets: present(tokens()) };
}

async function requireHosts(
  { services: { env } }: Call,
  { smtp_host, smtp_security, imap_host }: ReturnType<typeof smtpSettings>,
): Promise<void> {
  const networks = networksOf(env.OUTBOUND_PRIVATE_NETWORKS);
  const refusals = await Promise.all([
    hostRefusal("smtp_host", smtp_host, { networks, isPlain: smtp_security === "none" }),
    imap_host === null ? [] : hostRefusal("imap_host", imap_host, { networks, isPlain: false }),
  ]);
  if (refusals.flat().length > 0) throw new InvalidInput(refusals.flat());
}

async function tried({ services }: Call, account: TriedAccount): Promise<void> {
  const failed = await tryAccount(account, {
    env: services.env,
    networks: networksOf(services.env.OUTBOUND_PRIVATE_NETWORKS),
    clientName: clientName(services.publicUrl),
  }, AbortSignal.timeout(TRIAL_MS));
  if (failed === null) return;
  const { error, state, code = null } = failed;
  if (state === "refused") throw new InvalidInput([{ field: "password", message: error }]);
  throw new ProviderFailed(error, { status: null, code, mayHaveHappened: false });
}

function present(given: object): Record<string, string> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
