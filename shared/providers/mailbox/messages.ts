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
