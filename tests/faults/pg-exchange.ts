import type { PgProxy } from "../support/pg-proxy.ts";
import { eventually } from "../support/workspace.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Messages of PostgreSQL whose contents tell what it did. */
const TOLD = new Set(["C", "E", "D"]);

/**
 * What a piece of work makes travel to PostgreSQL and back, message by message for each side: what is
 * sent but for the values, and of the answers their kinds, tags, errors and counts of columns.
 */
export async function exchange<T>(
  proxy: PgProxy,
  work: () => Promise<T>,
): Promise<{ result: T; client: string[]; server: string[] }> {
  const told = { client: [] as string[], server: [] as string[] };
  const begun = { client: new Map<object, Buffer>(), server: new Map<object, Buffer>() };
  proxy.onTraffic((from, data, connection) => {
    const { messages, rest } = split(
      Buffer.concat([begun[from].get(connection) ?? Buffer.alloc(0), data]),
    );
    begun[from].set(connection, rest);
    told[from].push(...messages.map((message) => shown(from, message)));
  });
  const result = await work();
  // ReadyForQuery may come after what the work waited for, and would be taken for the next one's.
  await eventually(() => Promise.resolve(told.server.length === 0 || told.server.at(-1) === "Z"));
  proxy.onTraffic(() => {});
  return { result, ...told };
}

// A message is a letter and the length of what follows (PostgreSQL: Message Formats), but for the one
// that begins a connection, which has no letter. The pieces they arrive in are a matter of chance.
function split(data: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let at = 0;
  while (at + 5 <= data.length) {
    const letters = data[at] === 0 ? 0 : 1;
    const end = at + letters + data.readUInt32BE(at + letters);
    if (end > data.length) break;
    messages.push(data.subarray(at, end));
    at = end;
  }
  return { messages, rest: data.subarray(at) };
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
