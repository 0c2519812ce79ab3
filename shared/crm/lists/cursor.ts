import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

/** Where a list continues: after the record with this sort value and id. */
export interface Position {
  value: string;
  id: string;
  /** The number of the page that follows. */
  page: number;
}

// A length of 1 modulo 4 is impossible; Deno throws at it, Node does not.
const BASE64URL = /^(?:[\w-]{4})*(?:[\w-]{2,3})?$/;

const format = lazy(() => z.tuple([z.string(), z.guid(), z.int().min(1), z.string()]));

/**
 * A cursor is bound to its list (workspace, filters, search, sort): in another list it is refused.
 * It is not a secret and grants nothing; row-level security decides what is read.
 */
export function encodeCursor(list: string, { value, id, page }: Position): string {
  return Buffer.from(JSON.stringify([value, id, page, digest(list, value, id, page)]))
    .toString("base64url");
}

/** Reads a cursor; null when it is damaged or of another list. */
export function decodeCursor(list: string, cursor: string): Position | null {
  if (!BASE64URL.test(cursor)) return null;
  const parsed = format().safeParse(json(Buffer.from(cursor, "base64url").toString()));
  if (!parsed.success) return null;
  const [value, id, page] = parsed.data;
  const position = { value, id, page };
  // Base64 has several spellings of one content; only ours is a cursor.
  return encodeCursor(list, position) === cursor ? position : null;
}

function digest(...parts: (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
