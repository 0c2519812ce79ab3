import { Buffer } from "node:buffer";
import { type Bodies, shownBodies, snippetOf } from "./bodies.ts";
import {
  CommandRefused,
  connected,
  type ImapConnection,
  type ImapServer,
  text as quoted,
} from "./imap-connection.ts";
import { folderOf, type Place, placesOf } from "./imap-folders.ts";
import {
  bytesOf,
  FETCHED,
  type Fetched,
  fetchedIn,
  listedOf,
  structureOf,
} from "./imap-message.ts";
import { type Hit, hitsOf, MOST_FOUND, setsOf } from "./imap-search.ts";
import { attachmentsOf, bodyOf, type ImapPart, isBody } from "./imap-structure.ts";
import type {
  ListedMessage,
  Mailbox,
  MailboxMessage,
  MailboxPage,
  MailboxQuery,
} from "./messages.ts";
import { searchWords } from "./search-words.ts";

const SNIPPET_BYTES = 2_048;
const BODY_BYTES = 2 * 1024 * 1024;
/** Parts of one kind that are read as the body. */
const MOST_PARTS = 3;
const ID = /^(\d{1,10})\.(\d{1,10})\.([\w-]{1,1000})$/;

/** Reads a mailbox by IMAP, in a connection of its own each time. */
export function imapMailbox(server: ImapServer): Mailbox {
  return {
    list: (query) => connected(server, (connection) => list(connection, query)),
    view: async (id) => {
      const where = whereOf(id);
      return where === null
        ? null
        : await connected(server, (connection) => view(connection, id, where));
    },
  };
}

/** Where a message is: mailboxes are numbered anew when `validity` changes (RFC 9051, section 2.3.1.1). */
interface Where {
  name: string;
  validity: number;
  uid: number;
}

const idOf = ({ name, validity, uid }: Where) =>
  `${validity}.${uid}.${Buffer.from(name).toString("base64url")}`;

function whereOf(id: string): Where | null {
  const [, validity, uid, encoded] = ID.exec(id) ?? [];
  if (encoded === undefined) return null;
  const name = Buffer.from(encoded, "base64url").toString();
  const isName = name !== "" && !/[\p{Cc}\ufffd]/u.test(name);
  return isName ? { name, validity: Number(validity), uid: Number(uid) } : null;
}

/** Opens a mailbox for reading, and answers which numbering it has. */
async function opened(connection: ImapConnection, name: string): Promise<number> {
  const { codes } = await connection.command("EXAMINE ", quoted(name));
  const [validity] = codes.flatMap((code) => /^UIDVALIDITY (\d+)$/i.exec(code)?.[1] ?? []);
  return Number(validity ?? 0);
}

async function list(connection: ImapConnection, query: MailboxQuery): Promise<MailboxPage> {
  const none = { messages: [], total: 0 };
  if (query.search.trim() !== "" && searchWords(query.search).length === 0) return none;
  let hits: (Hit & { place: Place })[] = [];
  let total = 0;
  const places = await placesOf(connection, query.folder);
  for (const place of places) {
    await opened(connection, place.name);
    const found = await hitsOf(connection, query);
    total += found.length;
    hits = [...hits, ...found.map(({ uid, at }) => ({ uid, at, place }))]
      .toSorted((a, b) => b.at - a.at || b.uid - a.uid).slice(0, MOST_FOUND);
  }
  const start = (query.page - 1) * query.size;
  const page = hits.slice(start, start + query.size);
  const messages: ListedMessage[] = [];
  for (const place of places) {
    const uids = page.filter((hit) => hit.place === place).map(({ uid }) => uid);
    if (uids.length > 0) messages.push(...await messagesIn(connection, place, uids));
  }
  messages.sort((a, b) => (b.date?.getTime() ?? 0) - (a.date?.getTime() ?? 0));
  return { messages, total };
}

async function messagesIn(
  connection: ImapConnection,
  { name, folder }: Place,
  uids: readonly number[],
): Promise<ListedMessage[]> {
  const validity = await opened(connection, name);
  const [set = ""] = setsOf(uids);
  const { untagged } = await connection.command(`UID FETCH ${set} ${FETCHED}`);
  const fetched = fetchedIn(untagged);
  const beginnings = await beginningsOf(connection, fetched);
  const messages: ListedMessage[] = [];
  for (const [uid, one] of fetched) {
    if (!uids.includes(uid)) continue;
    messages.push({
      ...await listedOf(one),
      id: idOf({ name, validity, uid }),
      folder: folder === "junk" ? "all" : folder,
      snippet: beginnings.get(uid) ?? "",
    });
  }
  return messages;
}

/** How messages begin: those whose text is in the same part are asked for together. */
async function beginningsOf(
  connection: ImapConnection,
  fetched: ReadonlyMap<number, Fetched>,
): Promise<Map<number, string>> {
  const bodies = new Map<number, ImapPart>();
  for (const [uid, one] of fetched) {
    const parts = structureOf(one).filter(isBody);
    const part = parts.find(({ type }) => type === "text/plain") ?? parts[0];
    if (part !== undefined) bodies.set(uid, part);
  }
  const beginnings = new Map<number, string>();
  for (const path of new Set([...bodies.values()].map((part) => part.path))) {
    const those = [...bodies].filter(([, part]) => part.path === path);
    const [set = ""] = setsOf(those.map(([uid]) => uid));
    const { untagged } = await connection.command(
      `UID FETCH ${set} (UID BODY.PEEK[${path}]<0.${SNIPPET_BYTES}>)`,
    );
    const found = fetchedIn(untagged);
    for (const [uid, part] of those) {
      const bytes = bytesOf(found.get(uid) ?? new Map(), path);
      if (bytes !== null) beginnings.set(uid, await snippetOf(await bodyOf(part, bytes)));
    }
  }
  return beginnings;
}

async function view(
  connection: ImapConnection,
  id: string,
  { name, validity, uid }: Where,
): Promise<MailboxMessage | null> {
  try {
    if (await opened(connection, name) !== validity) return null;
  } catch (error) {
    // There is no such mailbox any more.
    if (error instanceof CommandRefused && error.status === "NO") return null;
    throw error;
  }
  const { untagged } = await connection.command(`UID FETCH ${uid} ${FETCHED}`);
  const fetched = fetchedIn(untagged).get(uid);
  if (fetched === undefined) return null;
  const parts = structureOf(fetched);
  const bodies = await bodiesOf(connection, uid, parts);
  return {
    ...await listedOf(fetched),
    id,
    folder: await folderOf(connection, name),
    snippet: await snippetOf(bodies),
    ...await shownBodies(bodies),
    attachments: await attachmentsOf(parts),
  };
}

async function bodiesOf(
  connection: ImapConnection,
  uid: number,
  parts: readonly ImapPart[],
): Promise<Bodies> {
  const of = (type: string) =>
    parts.filter((part) => part.type === type && isBody(part)).slice(0, MOST_PARTS);
  const wanted = [...of("text/plain"), ...of("text/html")];
  if (wanted.length === 0) return { html: null, text: null };
  const items = wanted.map(({ path }) => `BODY.PEEK[${path}]<0.${BODY_BYTES / wanted.length | 0}>`);
  const { untagged } = await connection.command(`UID FETCH ${uid} (UID ${items.join(" ")})`);
  const fetched = fetchedIn(untagged).get(uid) ?? new Map();
  const found = await Promise.all(wanted.map(async (part) => {
    const bytes = bytesOf(fetched, part.path);
    return bytes === null ? { html: null, text: null } : await bodyOf(part, bytes);
  }));
  const joined = (kind: keyof Bodies) => {
    const all = found.flatMap((body) => body[kind] ?? []);
    return all.length === 0 ? null : all.join("\n");
  };
  return { html: joined("html"), text: joined("text") };
}
