import * as z from "zod";
import {
  FOLDERS,
  type ListedMessage,
  type MailboxMessage,
} from "../../providers/mailbox/mailbox.ts";
import { lazy } from "../../memory/lazy.ts";

const person = lazy(() =>
  z.object({
    name: z.string().nullable(),
    email: z.string().meta({
      description: "As the message has it, whether it is an address or not.",
    }),
  }).meta({ id: "Correspondent" })
);

const listed = lazy(() => ({
  id: z.string().meta({ description: "The provider's." }),
  thread_id: z.string().nullable(),
  from: person().nullable(),
  to: z.array(person()),
  subject: z.string().nullable(),
  snippet: z.string(),
  date: z.string().nullable(),
  is_read: z.boolean(),
  has_attachments: z.boolean(),
  folder: z.enum(FOLDERS),
  lead_id: z.int().nullable().meta({
    description: "The lead with the address of whom it is from, or, of mail that was sent, is to.",
  }),
}));

/** A message of a mailbox in a list (decisions: 21). */
export const inboxMessage = lazy(() => z.object(listed()).meta({ id: "InboxMessage" }));

/** A message of a mailbox, whole. */
export const wholeInboxMessage = lazy(() =>
  z.object({
    ...listed(),
    cc: z.array(person()),
    body_html: z.string().nullable().meta({
      description:
        "As received: whatever its sender wrote, scripts and pictures that tell of being " +
        "read included. Show it only where nothing of it can run, such as in an iframe with sandbox.",
    }),
    body_text: z.string().nullable().meta({
      description: "Its text, made from the HTML where it has none.",
    }),
    attachments: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        mime_type: z.string(),
        size: z.int().min(0).meta({
          description: "In bytes, as the provider tells it, which may be a little off.",
        }),
      }).meta({ id: "InboxAttachment" }),
    ),
  }).meta({ id: "WholeInboxMessage" })
);

/** A message as a list shows it. */
export function shownListed(message: ListedMessage, leadId: number | null) {
  const { id, thread_id, from, to, subject, snippet, date, is_read, has_attachments, folder } =
    message;
  return {
    id,
    thread_id,
    from,
    to,
    subject,
    snippet,
    date: date?.toISOString() ?? null,
    is_read,
    has_attachments,
    folder,
    lead_id: leadId,
  };
}

/** A message as it is shown alone. */
export function shownWhole(message: MailboxMessage, leadId: number | null) {
  const { cc, body_html, body_text, attachments } = message;
  return { ...shownListed(message, leadId), cc, body_html, body_text, attachments };
}
