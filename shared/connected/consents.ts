import { email } from "../crm/values/fields.ts";
import type { Failed } from "../providers/mail/mail.ts";
import { ownAddress } from "../providers/mail/own-address.ts";
import { type Granted, grantedByCode } from "../providers/outgoing/code-grant.ts";
import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import { bearer } from "../providers/outgoing/service.ts";
import { InvalidInput } from "../refusals/errors.ts";
import type { App, Mailer } from "./account.ts";
import { type Client, clientOf, clientVariables, type Vendor } from "./clients.ts";
import type { NewAccount } from "./connect.ts";
import { nameOf, tokenUrlOf } from "./providers.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What is connected by consent: users' mail accounts and calendars, and the workspace's account for Teams. */
export const CONSENTS = ["gmail", "outlook", "google", "microsoft", "teams"] as const;

export type Consent = typeof CONSENTS[number];

/** For what is asked of a provider, which somebody waits for. */
const TIMEOUT_MS = 30_000;
/** Before a mailbox is asked for its address again: the code was used, and nobody can come back with it. */
const WAITS_MS = [200, 800];
const OF_GOOGLE = "https://www.googleapis.com/auth/";

/** The access that each needs (shared/providers/README.md). */
const SCOPES: Readonly<Record<Consent, readonly string[]>> = {
  gmail: [`${OF_GOOGLE}gmail.send`, `${OF_GOOGLE}gmail.readonly`],
  google: [`${OF_GOOGLE}calendar.events`],
  outlook: ["offline_access", "User.Read", "Mail.ReadWrite", "Mail.Send"],
  microsoft: ["offline_access", "Calendars.ReadWrite"],
  teams: ["offline_access", "Team.ReadBasic.All", "Channel.ReadBasic.All"],
};

// A refresh token comes with `offline` and each `consent`, else with the first alone (Google), or with the scope
// `offline_access` (Microsoft).
const ASKING: Readonly<Record<Vendor, Record<string, string>>> = {
  google: { access_type: "offline", prompt: "consent select_account" },
  microsoft: { response_mode: "query", prompt: "select_account" },
};

/** The account that somebody consents to. */
function providerOf(consent: Consent): App | Mailer {
  return consent === "teams" ? "microsoft" : consent;
}

/**
 * The page at which people consent (RFC 6749, section 4.1.1), to which whoever sends them adds `redirect_uri`,
 * `state` and `code_challenge` with its method; null where this server is no app of the provider's, or can keep no
 * accounts.
 */
export function authorizationUrl(consent: Consent, env: Environment): string | null {
  const client = clientOf(providerOf(consent), env);
  if (client === null || !env.LUMENBASE_ENCRYPTION_KEY) return null;
  const url = new URL(client.authorizationUrl);
  const parameters = {
    response_type: "code",
    client_id: client.clientId,
    scope: SCOPES[consent].join(" "),
    ...ASKING[client.vendor],
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** What came back from there, and what it was asked with. */
export interface Consented {
  code: string;
  code_verifier: string;
  redirect_uri: string;
  /** Of mail accounts. */
  from_name?: string | null | undefined;
}

/**
 * The account that somebody consented to, of a user or of the workspace, with tokens for the code. Throws
 * InvalidInput for what the provider refuses, and ProviderFailed, which says whether the code may be used, where it
 * cannot be asked.
 */
export async function consentedAccount(
  consent: Consent,
  given: Consented,
  userId: string,
  env: Environment,
): Promise<NewAccount> {
  const provider = providerOf(consent);
  const client = clientOf(provider, env);
  if (client === null) throw notOffered(provider);
  const granted = await grantOf(consent, client, given, env);
  const { token, refreshToken, seconds } = granted;
  if (refreshToken === undefined) throw refused("came without a refresh token");
  const account = {
    provider,
    userId: consent === "teams" ? null : userId,
    secrets: {
      access_token: token,
      refresh_token: refreshToken,
      expires_at: new Date(Date.now() + seconds * 1_000).toISOString(),
    },
  };
  if (provider !== "gmail" && provider !== "outlook") return account;
  const fromAddress = await addressOf(provider, token, env);
  return { ...account, fromAddress, fromName: given.from_name ?? fromAddress };
}

async function addressOf(
  provider: "gmail" | "outlook",
  token: string,
  env: Environment,
): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const ask = () => ownAddress(provider, bearer(token), env, signal);
  let found = await ask();
  for (const wait of WAITS_MS) {
    const mayPass = typeof found === "object" && found !== null && found.state !== "refused";
    if (!mayPass) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
    found = await ask();
  }
  if (found !== null && typeof found !== "string") throw unknownAddress(found);
  const address = email().safeParse(found);
  if (address.success) return address.data;
  const message = `The account has no address of ${nameOf(provider)} to write from.`;
  throw new InvalidInput([{ field: "code", message }]);
}

async function grantOf(
  consent: Consent,
  { vendor, clientId, clientSecret, tenant }: Client,
  { code, code_verifier: codeVerifier, redirect_uri: redirectUri }: Consented,
  env: Environment,
): Promise<Granted> {
  const name = nameOf(vendor);
  const tokenUrl = tokenUrlOf(vendor, env, tenant) ?? "";
  const grant = { tokenUrl, clientId, clientSecret, code, codeVerifier, redirectUri };
  const granted = await grantedByCode(name, grant);
  if ("refused" in granted) throw refusal(vendor, granted.refused);
  // People may leave out some (Google: granular permissions).
  const missing = vendor !== "google" || granted.scopes === null
    ? []
    : SCOPES[consent].filter((scope) => !granted.scopes?.includes(scope));
  if (missing.length === 0) return granted;
  const names = missing.map((scope) => scope.replace(OF_GOOGLE, "")).join(" and ");
  throw refused(`does not allow ${names}, which ${name} asks about by boxes to tick`);
}

function refusal(vendor: Vendor, error: string) {
  const name = nameOf(vendor);
  // Microsoft's for an app that the directory does not know; Google's for the code of another app.
  const isOurs = vendor === "microsoft" && error === "unauthorized_client";
  if (error === "invalid_client" || isOurs) {
    const failing = { status: null, code: error, mayHaveHappened: false };
    return new ProviderFailed(`${name} does not take ${clientVariables(vendor)}.`, failing);
  }
  if (error === "redirect_uri_mismatch") {
    const message = `Is not the address that ${name} was asked with.`;
    return new InvalidInput([{ field: "redirect_uri", message }]);
  }
  const why = error === "invalid_grant" ? ": it is good once, and for minutes" : "";
  return refused(`is not taken by ${name} (${error})${why}`);
}

function refused(why: string): InvalidInput {
  const message = `The consent ${why}. Ask for consent again.`;
  return new InvalidInput([{ field: "code", message }]);
}

function notOffered(provider: App | Mailer): InvalidInput {
  const variables = clientVariables(provider);
  const message = `Is not offered here, as ${variables} are not set: connect it by tokens.`;
  return new InvalidInput([{ field: "provider", message }]);
}

function unknownAddress({ state, error, code = null }: Failed) {
  if (state === "refused") return new InvalidInput([{ field: "code", message: error }]);
  return new ProviderFailed(error, { status: null, code, mayHaveHappened: true });
}
