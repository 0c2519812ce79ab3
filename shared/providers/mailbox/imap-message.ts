import { Buffer } from "node:buffer";
import { correspondent, messageIds, words } from "./headers.ts";
import type { Value } from "./imap-response.ts";
import { attachmentsOf, type ImapPart, partsOf, text } from "./imap-structure.ts";
import type { Correspondent, ListedMessage } from "./messages.ts";

/** What is fetched of each message. */
export const FETCHED = "(UID FLAGS INTERNALDATE ENVELOPE BODYSTRUCTURE " +
  "BODY.PEEK[HEADER.FIELDS (REFERENCES)])";

const EARLIEST_YEAR = 1970;
const LATEST_YEAR = 9999;

/** What a server tells of a message, by name (RFC 9051, section 7.5.2). */
export type Fetched = ReadonlyMap<string, Value>;

/** The messages among the responses to a FETCH, by their UIDs. */
export function fetchedIn(untagged: readonly Value[][]): Map<number, Fetched> {
  const found = new Map<number, Fetched>();
  for (const [, kind, items] of untagged) {
    if (text(kind).toUpperCase() !== "FETCH" || !Array.isArray(items)) continue;
    const fields = new Map<string, Value>();
    for (let at = 0; at + 1 < items.length; at += 2) {
      fields.set(text(items[at]).toUpperCase(), items[at + 1] ?? null);
    }
    const uid = Number(text(fields.get("UID")));
    // What changed meanwhile is told by a response of its own.
    if (uid > 0) found.set(uid, new Map([...found.get(uid) ?? [], ...fields]));
  }
  return found;
}

/** The bytes that were fetched of a part. */
export function bytesOf(fetched: Fetched, path: string): Buffer | null {
  for (const [name, value] of fetched) {
    if (name === `BODY[${path}]` || name.startsWith(`BODY[${path}]<`)) {
      return Array.isArray(value) || value === null ? null : Buffer.from(value);
    }
  }
  return null;
}

export function structureOf(fetched: Fetched): ImapPart[] {
  return partsOf(fetched.get("BODYSTRUCTURE"));
}

/** When the server got a message; null for a year that is none of mail's, or cannot be told. */
export function receivedAt(fetched: Fetched): Date | null {
  const at = new Date(text(fetched.get("INTERNALDATE")).trim().replaceAll(/(?<=\w)-(?=\w)/g, " "));
  const year = at.getUTCFullYear();
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR ? at : null;
}

/** What a list tells of a message, but for where it is and how it begins. */
export async function listedOf(
  fetched: Fetched,
): Promise<Omit<ListedMessage, "id" | "folder" | "snippet">> {
  const envelope = fetched.get("ENVELOPE");
  const [, subject, from, , , to, cc, , inReplyTo, messageId] = Array.isArray(envelope)
    ? envelope
    : [];
  const header = [...fetched].find(([name]) => name.startsWith("BODY[HEADER.FIELDS"))?.[1];
  const references = messageIds(text(header));
  const [ownId = null] = messageIds(text(messageId));
  const [answered = null] = messageIds(text(inReplyTo));
  const flags = fetched.get("FLAGS");
  const seen = Array.isArray(flags) ? flags.map((flag) => text(flag).toLowerCase()) : [];
  return {
    // As the first message is called, whatever the server knows of threads.
    thread_id: references[0] ?? answered ?? ownId,
    from: correspondentsOf(from)[0] ?? null,
    to: correspondentsOf(to),
    cc: correspondentsOf(cc),
    subject: subject == null ? null : words(text(subject)),
    date: receivedAt(fetched),
    is_read: seen.includes("\\seen"),
    has_attachments: (await attachmentsOf(structureOf(fetched))).length > 0,
    message_id: ownId,
    in_reply_to: answered,
    references,
  };
}

// Each is a name, a route, a mailbox and a host; without a host it begins or ends a group.
function correspondentsOf(list: Value | undefined): Correspondent[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => {
    const [name, , mailbox, host] = Array.isArray(one) ? one : [];
    if (mailbox == null || host == null) return [];
    return [correspondent(`${text(mailbox)}@${text(host)}`, words(text(name)))];
  });
}
