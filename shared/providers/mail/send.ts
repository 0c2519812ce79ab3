import type { Networks } from "../outgoing/networks.ts";
import { type Access, baseUrl } from "../outgoing/service.ts";
import type { Provider } from "./api-outcome.ts";
import type { Mail, Outcome, Sending, Sighting } from "./mail.ts";

/** An account that mail goes through, with its credentials. */
export type Account =
  | {
    type: "smtp";
    host: string;
    port: number;
    security: "tls" | "starttls" | "none";
    username: string | null;
    password: string | null;
  }
  | { type: "mailgun"; domain: string; apiKey: string; region: "us" | "eu" }
  | ({ type: "gmail" } & OAuthAccount)
  | ({ type: "microsoft"; tenant: string } & OAuthAccount)
  | { type: "gmail"; access: Access }
  | { type: "outlook"; access: Access };

interface OAuthAccount {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

/** What an account is used with. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** Private networks that may be reached. */
  networks: Networks;
  /** The host name of this side. */
  clientName: string;
  /** Told a refresh token that replaces the account's, which is to be used from then on. */
  rotated(refreshToken: string): void;
}

/** Sends through one account. What goes wrong is an outcome; it throws on what is a mistake here. */
export interface Mailer {
  send(mail: Mail, sending: Sending): Promise<Outcome>;
  /** Looks for a message by its Message-ID; null where that cannot be done. */
  find: ((messageId: string, signal: AbortSignal) => Promise<Sighting>) | null;
}

/** The mailer of an account; its provider's code is loaded here. */
export async function mailerOf(account: Account, surroundings: Surroundings): Promise<Mailer> {
  const { env, networks, clientName } = surroundings;
  if (account.type === "smtp") {
    const { sendBySmtp } = await import("./smtp.ts");
    const server = { ...account, networks, clientName };
    return { send: (mail, sending) => sendBySmtp(server, mail, sending), find: null };
  }
  if (account.type === "mailgun") {
    const { sendByMailgun } = await import("./mailgun.ts");
    const url = baseUrl(env.MAILGUN_API_URL, MAILGUN_URLS[account.region]);
    const domain = { ...account, url };
    return { send: (mail, sending) => sendByMailgun(domain, mail, sending), find: null };
  }
  if (account.type === "gmail") {
    const { gmail, GMAIL } = await import("./gmail.ts");
    const tokenUrl = baseUrl(env.GOOGLE_TOKEN_URL, GOOGLE_TOKEN_URL);
    const access = "access" in account
      ? account.access
      : await granted(GMAIL, account, tokenUrl, surroundings);
    return gmail(gmailUrl(env), access);
  }
  if (account.type === "outlook") {
    const { outlook } = await import("./outlook.ts");
    return outlook(graphUrl(env), account.access);
  }
  const { microsoft, MICROSOFT } = await import("./microsoft.ts");
  const tokenUrl = baseUrl(env.MICROSOFT_TOKEN_URL, MICROSOFT_TOKEN_URL)
    .replace("{tenant}", encodeURIComponent(account.tenant));
  return microsoft(graphUrl(env), await granted(MICROSOFT, account, tokenUrl, surroundings));
}

/** Where the Gmail API is, as configured or as usual. */
export function gmailUrl(env: Surroundings["env"]): string {
  return baseUrl(env.GMAIL_API_URL, "https://gmail.googleapis.com");
}

/** Where Microsoft Graph is, as configured or as usual. */
export function graphUrl(env: Surroundings["env"]): string {
  return baseUrl(env.MICROSOFT_GRAPH_URL, "https://graph.microsoft.com/v1.0");
}

const MAILGUN_URLS = { us: "https://api.mailgun.net", eu: "https://api.eu.mailgun.net" };
const GOOGLE_TOKEN_URL = "https://oauth2.googleapis.com/token";
const MICROSOFT_TOKEN_URL = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token";

async function granted(
  provider: Provider,
  { clientId, clientSecret, refreshToken }: OAuthAccount,
  tokenUrl: string,
  { rotated }: Surroundings,
): Promise<Access> {
  const { grantAccess } = await import("./authorized.ts");
  return grantAccess(provider, { tokenUrl, clientId, clientSecret, refreshToken, rotated });
}
