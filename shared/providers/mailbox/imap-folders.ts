import type { ImapConnection } from "./imap-connection.ts";
import type { Value } from "./imap-response.ts";
import { text } from "./imap-structure.ts";
import type { Folder } from "./messages.ts";

const MOST_MAILBOXES = 20;

/** A mailbox of the server, and which folder it is. */
export interface Place {
  /** As the server has it. */
  name: string;
  folder: Folder | "junk";
}

const INBOX: Place = { name: "INBOX", folder: "inbox" };

// By what the server says they are for (RFC 6154), else by the names that are usual.
const USES: readonly { folder: Folder | "junk"; flag: string; usual: RegExp }[] = [
  { folder: "sent", flag: "\\sent", usual: /^sent([ -](items|messages|mail))?$/i },
  { folder: "drafts", flag: "\\drafts", usual: /^drafts?$/i },
  { folder: "trash", flag: "\\trash", usual: /^(trash|deleted([ -](items|messages))?|bin)$/i },
  { folder: "junk", flag: "\\junk", usual: /^(junk([ -]e-?mail)?|spam|bulk mail)$/i },
  { folder: "all", flag: "\\all", usual: /^$/ },
];

/** The mailboxes of a folder; all of them are what the server says so of, else all but junk and trash. */
export async function placesOf(connection: ImapConnection, folder: Folder): Promise<Place[]> {
  if (folder === "inbox") return [INBOX];
  const { places, all } = await everyPlace(connection);
  if (folder !== "all") return places.filter((place) => place.folder === folder);
  if (all !== undefined) return [{ name: all, folder }];
  return places.filter(({ folder: its }) => its !== "trash" && its !== "junk")
    .slice(0, MOST_MAILBOXES);
}

/** Which folder a mailbox is. */
export async function folderOf(connection: ImapConnection, name: string): Promise<Folder> {
  if (name.toUpperCase() === INBOX.name) return "inbox";
  const { places } = await everyPlace(connection);
  const folder = places.find((place) => place.name === name)?.folder ?? "all";
  return folder === "junk" ? "all" : folder;
}

async function everyPlace(connection: ImapConnection) {
  const { untagged } = await connection.command('LIST "" "*"');
  const listed = untagged.flatMap(mailboxOf);
  const uses = new Map(USES.flatMap(({ folder, flag, usual }) => {
    const its = listed.find(({ flags }) => flags.includes(flag)) ??
      listed.find(({ last }) => usual.test(last));
    return its === undefined ? [] : [[its.name, folder] as const];
  }));
  const others = listed.filter(({ name }) => name.toUpperCase() !== INBOX.name);
  return {
    all: [...uses].find(([, folder]) => folder === "all")?.[0],
    places: [INBOX, ...others.map(({ name }) => ({ name, folder: uses.get(name) ?? "all" }))],
  };
}

function mailboxOf([kind, attributes, delimiter, name]: Value[]) {
  if (text(kind).toUpperCase() !== "LIST" || !Array.isArray(attributes)) return [];
  const flags = attributes.map((flag) => text(flag).toLowerCase());
  if (flags.includes("\\noselect") || flags.includes("\\nonexistent")) return [];
  const whole = text(name);
  const last = delimiter == null ? whole : whole.split(text(delimiter)).at(-1) ?? whole;
  return [{ name: whole, flags, last }];
}
