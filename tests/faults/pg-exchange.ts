import type { PgProxy } from "../support/pg-proxy.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Messages of PostgreSQL whose contents tell what it did. */
const TOLD = new Set(["C", "E", "D"]);

/**
 * What a piece of work makes travel to PostgreSQL and back, message by message: what is sent but for
 * the values, and of the answers their kinds, tags, errors and counts of columns.
 */
export async function exchange<T>(
  proxy: PgProxy,
  work: () => Promise<T>,
): Promise<{ result: T; messages: string[] }> {
  const messages: string[] = [];
  proxy.onTraffic((from, data) => {
    messages.push(...split(data).map((message) => `${from} ${shown(from, message)}`));
  });
  const result = await work();
  proxy.onTraffic(() => {});
  return { result, messages };
}

// A message is a letter and the length of what follows (PostgreSQL: Message Formats). What arrives
// in pieces is shown in pieces: the same ones, as the messages are.
function split(data: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at + 5 <= data.length;) {
    const length = 1 + data.readUInt32BE(at + 1);
    messages.push(data.subarray(at, at + length));
    at += length;
  }
  return messages;
}

function shown(from: "client" | "server", message: Buffer): string {
  const kind = message.subarray(0, 1).toString("latin1");
  const body = message.subarray(5);
  const text = body.toString("latin1");
  // Values are ids and, in records that are made, tokens: of one length each.
  if (kind === "B") return `B ${text.split("\0", 2).join(" ")}, ${body.length} bytes`;
  if (from === "client") return `${kind} ${text}`;
  if (!TOLD.has(kind)) return kind;
  return kind === "D" ? `D of ${body.readUInt16BE(0)}` : `${kind} ${text.replaceAll(UUID, "ID")}`;
}
