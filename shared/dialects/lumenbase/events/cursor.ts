import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Position } from "../../../events/position.ts";

const BASE64URL = /^(?:[\w-]{4})*(?:[\w-]{2,3})?$/;

/**
 * The cursor of a position in a workspace's events; in another workspace it is refused. It is not a
 * secret and grants nothing: row-level security decides what is read.
 */
export function encodeCursor(workspaceId: string, { xid, sequence }: Position): string {
  return Buffer.from(`${xid}.${sequence}.${digest(workspaceId, xid, sequence)}`)
    .toString("base64url");
}

/** Reads a cursor; null when it is damaged or of another workspace. */
export function decodeCursor(workspaceId: string, cursor: string): Position | null {
  if (!BASE64URL.test(cursor)) return null;
  const text = Buffer.from(cursor, "base64url").toString();
  const [, xid, sequence] = /^(\d{1,20})\.(\d{1,19})\./.exec(text) ?? [];
  if (xid === undefined || sequence === undefined) return null;
  const position = { xid, sequence: Number(sequence) };
  return encodeCursor(workspaceId, position) === cursor ? position : null;
}

function digest(...parts: (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 12);
}
