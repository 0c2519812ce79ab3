import { Buffer } from "node:buffer";
import { addressParser, decodeWords } from "postal-mime";
import type { Correspondent } from "./messages.ts";

const MOST_REFERENCES = 100;
// As long as a line of a message may be (RFC 5322, section 2.1.1).
const MOST_ID_BYTES = 998;
const MESSAGE_ID = /<[^<>\s\p{Cc}]+>/gu;

/** The addresses in a header, those of groups among them (RFC 5322, section 3.4). */
export function correspondents(header = ""): Correspondent[] {
  return addressParser(header, { flatten: true }).flatMap(({ name, address }) =>
    address === undefined || address === "" ? [] : [correspondent(address, name)]
  );
}

/** An address with its name, if it has one. */
export function correspondent(email: string, name: string | null | undefined): Correspondent {
  const shown = plain(name ?? "");
  return { name: shown === "" ? null : shown, email: plain(email) };
}

/** The text of a header whose words may be encoded (RFC 2047); null for none. */
export function words(header: string | null | undefined): string | null {
  return header == null ? null : plain(decodeWords(header));
}

/** The Message-IDs in a header, as they stand there; those that are too long are none. */
export function messageIds(header = ""): string[] {
  const found = header.toWellFormed().match(MESSAGE_ID) ?? [];
  return [...new Set(found)].filter((id) => Buffer.byteLength(id) <= MOST_ID_BYTES)
    .slice(0, MOST_REFERENCES);
}

/** A text without what cannot be stored or shown. */
export function plain(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}+/gu, " ").trim();
}
