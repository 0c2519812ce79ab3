import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

const HTTP = ["http/1.1"];

/** Where a connection goes: to an address that was checked, for a host by its name. */
export interface Destination {
  address: string;
  port: number;
  /** The name that the certificate must be for; an address for one that has no name. */
  host: string;
  isSecure: boolean;
  /** What is spoken over TLS (RFC 7301): HTTP unless given, nothing that is named where there are none. */
  protocols?: readonly string[];
}

/**
 * Connects to exactly the address, with TLS verified for the host's name where it is secure. The
 * connection is destroyed once the signal aborts. Rejects when none is made; under Deno, TLS that fails
 * is an error of the socket later on.
 */
export function connect(destination: Destination, signal: AbortSignal): Promise<Socket> {
  const socket = begun(destination);
  const stop = () => socket.destroy(new Error("The time is over."));
  signal.addEventListener("abort", stop, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", stop));
  return new Promise((resolve, reject) => {
    socket.once(destination.isSecure ? "secureConnect" : "connect", () => resolve(socket));
    // Also later, when nobody waits any more: an error without a listener ends the process.
    socket.on("error", reject);
    if (signal.aborted) stop();
  });
}

function begun({ address, port, host, isSecure, protocols = HTTP }: Destination): Socket {
  const to = { host: address, port };
  if (!isSecure) return connectPlain(to);
  const name = host.replace(/\.$/, "");
  const named = isIP(name) ? {} : { servername: name };
  const spoken = protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] };
  return connectTls({ ...to, ...named, ...spoken });
}
