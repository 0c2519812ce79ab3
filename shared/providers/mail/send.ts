import type { Networks } from "../outgoing/networks.ts";
import type { Mail, Outcome, Sending, Sighting } from "./mail.ts";
import type { Grant } from "./oauth.ts";

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
  | ({ type: "microsoft"; tenant: string } & OAuthAccount);

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
    const url = base(env.MAILGUN_API_URL, MAILGUN_URLS[account.region]);
    const domain = { ...account, url };
    return { send: (mail, sending) => sendByMailgun(domain, mail, sending), find: null };
  }
  if (account.type === "gmail") {
    const { gmail } = await import("./gmail.ts");
    const tokenUrl = base(env.GOOGLE_TOKEN_URL, GOOGLE_TOKEN_URL);
    return gmail(base(env.GMAIL_API_URL, GMAIL_URL), grant(account, tokenUrl, surroundings));
  }
  const { microsoft } = await import("./microsoft.ts");
  const tokenUrl = base(env.MICROSOFT_TOKEN_URL, MICROSOFT_TOKEN_URL)
    .replace("{tenant}", encodeURIComponent(account.tenant));
  return microsoft(
    base(env.MICROSOFT_GRAPH_URL, MICROSOFT_GRAPH_URL),
    grant(account, tokenUrl, surroundings),
  );
}

const MAILGUN_URLS = { us: "https://api.mailgun.net", eu: "https://api.eu.mailgun.net" };
const GOOGLE_TOKEN_URL = "https://oauth2.googleapis.com/token";
const GMAIL_URL = "https://gmail.googleapis.com";
const MICROSOFT_TOKEN_URL = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token";
const MICROSOFT_GRAPH_URL = "https://graph.microsoft.com/v1.0";

function base(configured: string | undefined, usual: string): string {
  return (configured || usual).replace(/\/+$/, "");
}

function grant(account: OAuthAccount, tokenUrl: string, { rotated }: Surroundings): Grant {
  const { clientId, clientSecret, refreshToken } = account;
  return { tokenUrl, clientId, clientSecret, refreshToken, rotated };
}
