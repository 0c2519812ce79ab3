/** An address with the name shown beside it. */
export interface Mailbox {
  address: string;
  name: string | null;
}

/** What a message tells calendars (RFC 6047). */
export interface CalendarPart {
  method: "REQUEST" | "CANCEL";
  /** As iCalendar. */
  content: string;
}

/** A message to send, complete but for its MIME form. */
export interface Mail {
  /** As its header has it, in angle brackets (RFC 5322, section 3.6.4). */
  messageId: string;
  date: Date;
  from: Mailbox;
  to: readonly string[];
  cc: readonly string[];
  bcc: readonly string[];
  replyTo: string | null;
  /** The Message-ID of the message that it answers. */
  inReplyTo: string | null;
  /** The Message-IDs of its thread, the oldest first; of one that answers, just that of the other unless given. */
  references?: readonly string[];
  /** The provider's ids of the thread that it goes on with, and of the message that it answers there. */
  thread?: { id: string | null; answers: string };
  /** Whether something of it may be left there of an attempt before. */
  isAgain?: boolean;
  subject: string;
  /** One of the two bodies may be missing: a missing text is made from the HTML. */
  html: string | null;
  text: string | null;
  /** Takes the recipient off by a POST (RFC 8058). */
  unsubscribeUrl: string | null;
  /** Stands beside the text, and is attached as `invite.ics`. */
  calendar?: CalendarPart;
}

/** A recipient that the server would not take while it took others. */
export interface RefusedRecipient {
  address: string;
  error: string;
}

/** How one message is sent. */
export interface Sending {
  signal: AbortSignal;
  /** Waited for before the message itself leaves. What it throws keeps the message here, and is thrown on. */
  handOver(): Promise<void>;
}

/** A failure, in words without secrets. */
export interface Failure {
  error: string;
  /** Whether it is the account's (its credentials, its settings, its server), whatever the message. */
  account: boolean;
  /** The provider's own code for it. */
  code?: string | null;
}

/** What a provider calls a message that it sent. */
export interface SentAs {
  id: string;
  threadId: string | null;
}

/**
 * What became of an attempt: the server took the message; it refused it for good; nothing was sent and
 * another try may work; or nobody knows whether it was taken, as the answer never came.
 */
export type Outcome =
  | { state: "sent"; refused: readonly RefusedRecipient[]; as?: SentAs }
  | ({ state: "refused" } & Failure)
  | ({ state: "later"; retryAfter: number | null } & Failure)
  | { state: "in_doubt"; error: string; retryAfter: number | null; code?: string | null };

/** What a provider says when asked for a message: that it has it, has it not, or will not say. */
export type Sighting = { state: "found"; as?: SentAs } | { state: "absent" } | Unseen;

/** An attempt that did not end in the server taking the message. */
export type Failed = Exclude<Outcome, { state: "sent" }>;

/** No answer to the question: for good, or for now. */
export type Unseen = Exclude<Failed, { state: "in_doubt" }>;

/** Everyone a message goes to, each once. */
export function recipientsOf({ to, cc, bcc }: Mail): string[] {
  return [...new Set([...to, ...cc, ...bcc])];
}
