import { createHash } from "node:crypto";

/** What requests are counted by that come from whom a text names: a UUID of version 8 (RFC 9562, 5.8). */
export function limitSubject(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-8$3-8$4-$5");
}
