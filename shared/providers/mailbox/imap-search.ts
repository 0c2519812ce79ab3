import type { Buffer } from "node:buffer";
import { type ImapConnection, text as quoted } from "./imap-connection.ts";
import { fetchedIn, receivedAt } from "./imap-message.ts";
import { text } from "./imap-structure.ts";
import type { MailboxQuery } from "./messages.ts";
import { searchWords } from "./search-words.ts";

/** Messages of a mailbox, and of a list, that are gone through: the newest. */
export const MOST_FOUND = 100_000;
/** Messages of a mailbox that are put in order by when they came; older ones are by their numbers. */
const MOST_DATED = 10_000;
// Servers take lines of a few thousand characters (RFC 7162, section 4).
const LONGEST_SET = 7_000;
const DAY_MS = 86_400_000;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A message that was found, by its number in its mailbox. */
export interface Hit {
  uid: number;
  at: number;
}

/** The messages of the mailbox at hand that a query finds. */
export async function hitsOf(connection: ImapConnection, query: MailboxQuery): Promise<Hit[]> {
  const { untagged } = await connection.command(...searchOf(query));
  const found = untagged.filter(([kind]) => text(kind).toUpperCase() === "SEARCH")
    .flatMap(([, ...numbers]) => numbers.map((uid) => Number(text(uid))))
    .filter((uid) => uid > 0);
  const uids = [...new Set(found)].toSorted((a, b) => b - a).slice(0, MOST_FOUND);
  const dated = new Map<number, number>();
  for (const set of setsOf(uids.slice(0, MOST_DATED))) {
    const answered = await connection.command(`UID FETCH ${set} (UID INTERNALDATE)`);
    for (const [uid, fetched] of fetchedIn(answered.untagged)) {
      dated.set(uid, receivedAt(fetched)?.getTime() ?? 0);
    }
  }
  const { after, before } = query;
  return uids.map((uid) => ({ uid, at: dated.get(uid) ?? 0 })).filter(({ at }) =>
    !(after !== null && at < after.getTime()) && !(before !== null && at >= before.getTime())
  );
}

/** Numbers as sets of a command (RFC 9051, section 9: sequence-set), none of them long. */
export function setsOf(uids: readonly number[]): string[] {
  const runs: [first: number, last: number][] = [];
  for (const uid of uids.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && uid === run[1] + 1) run[1] = uid;
    else runs.push([uid, uid]);
  }
  const sets: string[] = [];
  for (const [first, last] of runs) {
    const run = first === last ? String(first) : `${first}:${last}`;
    const set = sets.at(-1);
    if (set === undefined || set.length > LONGEST_SET) sets.push(run);
    else sets[sets.length - 1] = `${set},${run}`;
  }
  return sets;
}

function searchOf({ search, unreadOnly, after, before }: MailboxQuery): (string | Buffer)[] {
  const words = searchWords(search);
  const isAscii = words.every((word) => /^[\x20-\x7e]*$/.test(word));
  const days = [
    // Days there are of any time zone.
    ...(after === null ? [] : [`SINCE ${dayOf(after.getTime() - DAY_MS)}`]),
    ...(before === null ? [] : [`BEFORE ${dayOf(before.getTime() + 2 * DAY_MS)}`]),
  ];
  const conditions = ["UNDELETED", ...(unreadOnly ? ["UNSEEN"] : []), ...days].join(" ");
  return [
    `UID SEARCH ${isAscii ? "" : "CHARSET UTF-8 "}${conditions}`,
    ...words.flatMap((word) => [" TEXT ", quoted(word)]),
  ];
}

function dayOf(at: number): string {
  const day = new Date(at);
  return `${day.getUTCDate()}-${MONTHS[day.getUTCMonth()]}-${day.getUTCFullYear()}`;
}
