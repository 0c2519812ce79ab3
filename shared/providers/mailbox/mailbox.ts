import type { Access } from "../outgoing/service.ts";
import type { Networks } from "../outgoing/networks.ts";

/** Parts of a mailbox, whatever its provider calls them. */
export const FOLDERS = ["inbox", "sent", "drafts", "trash", "all"] as const;

export type Folder = (typeof FOLDERS)[number];

/** Which messages are asked for, the newest first. */
export interface MailboxQuery {
  folder: Folder;
  /** Words, found by the provider; empty: all messages. */
  search: string;
  unreadOnly: boolean;
  /** Received at this time or later. */
  after: Date | null;
  /** Received before this time. */
  before: Date | null;
  /** From 1. */
  page: number;
  /** At most 50. */
  size: number;
}

/** Somebody a message is from or to; both as its header says, the address as it stands there. */
export interface Correspondent {
  name: string | null;
  email: string;
}

/** What a mailbox tells of a message in a list. */
export interface ListedMessage {
  /** The provider's, as text. */
  id: string;
  thread_id: string | null;
  from: Correspondent | null;
  to: Correspondent[];
  cc: Correspondent[];
  subject: string | null;
  snippet: string;
  /** When it was received, or sent. */
  date: Date | null;
  is_read: boolean;
  has_attachments: boolean;
  folder: Folder;
  /** As its headers have them, in angle brackets (RFC 5322, section 3.6.4). */
  message_id: string | null;
  in_reply_to: string | null;
  references: string[];
}

export interface MailboxAttachment {
  id: string;
  name: string | null;
  mime_type: string;
  /** In bytes, as far as the provider tells it. */
  size: number;
}

/** A message whole, but for what its attachments are made of. */
export interface MailboxMessage extends ListedMessage {
  /** As received: whatever its sender wrote, scripts included. */
  body_html: string | null;
  body_text: string | null;
  attachments: MailboxAttachment[];
}

export interface MailboxPage {
  messages: ListedMessage[];
  /** The provider's count, or its estimate. */
  total: number;
}

/** Reads the mail of one account. Throws ProviderFailed. */
export interface Mailbox {
  list(query: MailboxQuery): Promise<MailboxPage>;
  /** A message; null when there is none with this id. */
  view(id: string): Promise<MailboxMessage | null>;
}

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
