import type { Access } from "../outgoing/service.ts";
import type { Networks } from "../outgoing/networks.ts";
import type { Mailbox } from "./messages.ts";

export type { ListedMessage, Mailbox, MailboxMessage, MailboxQuery } from "./messages.ts";
export { FOLDERS } from "./messages.ts";

/** A mail account, as it is opened (`OpenAccount`). */
export interface MailboxAccount {
  /** `gmail`, `outlook` or `smtp`. */
  provider: string;
  /** Of smtp: `imap_host`, `imap_port`, `smtp_user` and `smtp_security`; one without `imap_host` only sends. */
  settings: Readonly<Record<string, unknown>>;
  /** Of gmail and outlook. */
  access: Access;
  /** Of smtp: `password`. */
  secrets: Readonly<Record<string, string>>;
}

/** What a mailbox is read with. */
export interface MailboxSurroundings {
  env: Readonly<Record<string, string | undefined>>;
  /** Private networks that may be reached. */
  networks: Networks;
  /** Ends what is under way. */
  signal?: AbortSignal;
}

/** The mailbox of an account; its provider's code is loaded here. Null for an account that only sends. */
export async function mailboxOf(
  { provider, settings, access, secrets }: MailboxAccount,
  { env, networks, signal }: MailboxSurroundings,
): Promise<Mailbox | null> {
  if (provider === "gmail") {
    const { gmailMailbox } = await import("./gmail.ts");
    return gmailMailbox({ url: base(env.GMAIL_API_URL, GMAIL_URL), access, signal });
  }
  if (provider === "outlook") {
    const { graphMailbox } = await import("./graph.ts");
    return graphMailbox({ url: base(env.MICROSOFT_GRAPH_URL, GRAPH_URL), access, signal });
  }
  const host = settings.imap_host;
  if (typeof host !== "string" || host === "") return null;
  const { imapMailbox } = await import("./imap.ts");
  return imapMailbox({
    host,
    port: Number(settings.imap_port ?? IMAP_PORT),
    isPlain: settings.smtp_security === "none",
    user: String(settings.smtp_user ?? ""),
    password: secrets.password ?? "",
    networks,
    signal,
  });
}

const GMAIL_URL = "https://gmail.googleapis.com";
const GRAPH_URL = "https://graph.microsoft.com/v1.0";
const IMAP_PORT = 993;

function base(configured: string | undefined, usual: string): string {
  return (configured || usual).replace(/\/+$/, "");
}
