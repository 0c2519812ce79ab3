import type { Failed, Mailbox } from "../providers/mail/mail.ts";
import type { Account } from "../providers/mail/send.ts";
import { checkHost, HostRefused, HostUnknown } from "../providers/outgoing/host.ts";
import { isReachable, type Networks, networksOf } from "../providers/outgoing/networks.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** An account, and the private networks in which its server may be. */
export interface OpenAccount {
  account: Account;
  networks: Networks;
}

/** Whoever runs the functions chooses the server, which may be anywhere. */
const EVERYWHERE = "0.0.0.0/0,::/0";
const PORTS: Readonly<Record<string, number>> = { "smtp:": 587, "smtps:": 465 };
const NAMED = /^([^<>]*)<([^<>]+)>\s*$/;

/** Whom mail of the system is from (`MAIL_FROM`), an address with or without a name; null where it sends none. */
export function systemSender(env: Env): Mailbox | null {
  const url = serverIn(env);
  if (url === null) return null;
  const [, name = "", address = env.MAIL_FROM ?? ""] = NAMED.exec(env.MAIL_FROM ?? "") ?? [];
  const user = decoded(url.username);
  const otherwise = user.includes("@") ? user : `lumenbase@${url.hostname}`;
  return { address: address.trim() || otherwise, name: name.replaceAll('"', "").trim() || null };
}

/**
 * The server that mail of the system goes through (`SMTP_URL`), or why there is none. It is talked to with TLS,
 * unless it is in a private network.
 */
export async function systemAccount(env: Env): Promise<OpenAccount | Failed> {
  const url = serverIn(env);
  if (url === null) return later("There is no SMTP_URL.");
  const networks = networksOf(EVERYWHERE);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const account = {
    type: "smtp" as const,
    host,
    port: Number(url.port) || (PORTS[url.protocol] ?? 0),
    username: decoded(url.username) || null,
    password: decoded(url.password) || null,
  };
  if (url.protocol === "smtps:") return { networks, account: { ...account, security: "tls" } };
  try {
    const address = await checkHost(host, { networks });
    return isReachable(address, [])
      ? { networks, account: { ...account, security: "starttls" } }
      : { networks, account: { ...account, host: address, security: "none" } };
  } catch (error) {
    if (!(error instanceof HostRefused || error instanceof HostUnknown)) throw error;
    return later(`SMTP_URL: ${error.message}`);
  }
}

function serverIn({ SMTP_URL: text = "" }: Env): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && url.protocol in PORTS && url.hostname !== "" ? url : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function later(error: string): Failed {
  return { state: "later", error, account: false, retryAfter: null };
}
