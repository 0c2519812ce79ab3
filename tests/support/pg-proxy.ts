import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A TCP proxy in front of PostgreSQL that sees what travels. */
export interface PgProxy {
  /** The given connection URL, through the proxy. */
  url: string;
  /** Times the client sent something after it had heard from the server: network round trips. */
  roundTrips(): number;
  /** From now on shows what travels; a call ends what the one before began. */
  onTraffic(see: Seeing): void;
  /** Calls back when the server has confirmed a COMMIT, before the client hears of it. */
  onCommitted(act: () => void): void;
  /** From now on passes nothing on, as a server that hangs. */
  freeze(): void;
  /** Cuts every connection and, until `restore`, refuses new ones. */
  cut(): void;
  /** Connections refused so far. */
  refused(): number;
  restore(): void;
  close(): Promise<void>;
}

/** Sees a piece of what one side of a connection sends. */
type Seeing = (from: "client" | "server", data: Buffer, connection: object) => void;

const COMMITTED = Buffer.from("COMMIT\0");

/** Starts a proxy to the server of a connection URL. */
export async function pgProxy(target: string): Promise<PgProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let trips = 0;
  let refusing = false;
  let refused = 0;
  let frozen = false;
  let committed: (() => void) | null = null;
  let see: Seeing = () => {};

  const server = createServer((client) => {
    if (refusing) {
      refused++;
      return void client.destroy();
    }
    const upstream = connect(Number(port), hostname);
    let answered = true;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        (socket === client ? upstream : client).destroy();
      });
    }
    client.on("data", (data) => {
      if (answered) trips++;
      answered = false;
      see("client", data, client);
      if (!frozen) upstream.write(data);
    });
    upstream.on("data", (data: Buffer) => {
      answered = true;
      see("server", data, client);
      if (committed !== null && data.includes(COMMITTED)) {
        committed();
        committed = null;
        return;
      }
      client.write(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    roundTrips: () => trips,
    refused: () => refused,
    onTraffic: (given) => void (see = given),
    onCommitted: (act) => void (committed = act),
    freeze: () => void (frozen = true),
    cut() {
      refusing = true;
      for (const socket of sockets) socket.destroy();
    },
    restore() {
      refusing = false;
      frozen = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
