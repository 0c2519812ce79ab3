import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { afterwards } from "./workspace.ts";

/** Names that a local name server knows: the addresses of each look-up, the last for good. */
export type Zone = Record<string, string[][]>;

/**
 * Starts a name server (RFC 1035) of one test and answers what looks names up there, IPv4 alone. A name
 * may have other addresses each time it is asked for.
 */
export async function nameServer(zone: Zone): Promise<(host: string) => Promise<string[]>> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const name = nameOf(query);
    const known = zone[name] ?? [];
    const addresses = (known.length > 1 ? known.shift() : known[0]) ?? [];
    socket.send(answerTo(query, addresses), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  afterwards(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return (host) => resolver.resolve4(host);
}

function nameOf(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at] !== 0; at += query[at]! + 1) {
    labels.push(query.toString("latin1", at + 1, at + 1 + query[at]!));
  }
  return labels.join(".");
}

// The question again, and a record of each address that points to its name and is good for no time.
function answerTo(query: Buffer, addresses: readonly string[]): Buffer {
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(addresses.length > 0 ? 0x8580 : 0x8583, 2);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt32BE(0, 8);
  const end = query.indexOf(0, 12) + 5;
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)])
  );
  return Buffer.concat([header, query.subarray(12, end), ...records]);
}
