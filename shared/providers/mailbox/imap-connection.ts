import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { connect } from "../outgoing/connect.ts";
import { checkedAddresses, HostRefused, HostUnknown } from "../outgoing/host.ts";
import { isWithin, type Networks } from "../outgoing/networks.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";
import { failed, LOGIN_REFUSED } from "./failures.ts";
import { type Response, responsesIn, ResponseUnreadable, type Value } from "./imap-response.ts";

const NAME = "The mail server";
/** Of the answer to one command. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_RESPONSES = 20_000;
const TIMEOUT_MS = 30_000;

/** A mailbox at a server that lets it be read by IMAP (RFC 9051, RFC 3501). */
export interface ImapServer {
  host: string;
  port: number;
  /** Without TLS, for a host in a private network that may be reached alone. */
  isPlain: boolean;
  user: string;
  password: string;
  networks: Networks;
  signal?: AbortSignal | undefined;
}

/** The server does not do what it was asked. */
export class CommandRefused extends Error {
  override name = "CommandRefused";
  constructor(
    readonly status: string,
    readonly code: string | null,
  ) {
    super(`the server said ${status}`);
  }
}

/** Talks to a server as long as `work` takes. Throws ProviderFailed. */
export async function connected<T>(
  server: ImapServer,
  work: (connection: ImapConnection) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const signal = server.signal ? AbortSignal.any([server.signal, limit]) : limit;
  let socket: Socket | undefined;
  try {
    socket = await reached(server, signal);
    const connection = new ImapConnection(socket);
    await connection.enter(server);
    const result = await work(connection);
    connection.leave();
    return result;
  } catch (error) {
    throw failure(error, signal.aborted);
  } finally {
    socket?.destroy();
  }
}

async function reached(server: ImapServer, signal: AbortSignal): Promise<Socket> {
  const { host, port, isPlain, networks } = server;
  if (isPlain && !isWithin(host, networks)) {
    throw new HostRefused("Without TLS the host must be an address in OUTBOUND_PRIVATE_NETWORKS.");
  }
  const addresses = await checkedAddresses(host, { networks });
  let reason: unknown;
  for (const address of addresses) {
    try {
      const to = { address, port, host, isSecure: !isPlain, protocols: [] };
      return await connect(to, signal);
    } catch (error) {
      reason = error;
      if (signal.aborted) break;
    }
  }
  throw reason;
}

function failure(error: unknown, isLate: boolean): Error {
  if (error instanceof ProviderFailed) return error;
  if (isLate) return failed(NAME, {}, "it did not answer in time");
  if (error instanceof CommandRefused) return failed(NAME, { code: error.code });
  if (error instanceof ResponseUnreadable) return failed(NAME, {}, error.message);
  if (error instanceof HostRefused || error instanceof HostUnknown) {
    return failed(NAME, {}, error.message.replace(/\.$/, ""));
  }
  // What is wrong here, not there.
  if (error instanceof TypeError) return error;
  return failed(NAME, {}, "the connection failed");
}

/** What came back of a command. */
export interface Answered {
  /** The responses without status, such as `["3", "FETCH", […]]`. */
  untagged: Value[][];
  /** The codes in brackets of those with one. */
  codes: string[];
}

/** A connection to a server, for one command after another. */
export class ImapConnection {
  readonly #socket: Socket;
  readonly #responses: AsyncGenerator<Response>;
  readonly #limit = { bytes: MOST_BYTES };
  #count = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#responses = responsesIn(socket, this.#limit);
  }

  /** Waits for the greeting and signs in. Throws ProviderFailed. */
  async enter({ user, password }: ImapServer): Promise<void> {
    const greeting = await this.#next();
    if (greeting.status === "PREAUTH") return;
    if (greeting.status !== "OK") throw new CommandRefused(String(greeting.status), greeting.code);
    try {
      await this.command("LOGIN ", text(user), " ", text(password));
    } catch (error) {
      if (!(error instanceof CommandRefused) || error.status !== "NO") throw error;
      const isPassing = error.code === "UNAVAILABLE";
      const code = isPassing ? error.code : LOGIN_REFUSED;
      throw failed(NAME, { code }, "it refused the user or the password");
    }
  }

  leave(): void {
    this.#socket.write(`Z${++this.#count} LOGOUT\r\n`);
  }

  /** Sends a command, whose bytes go as literals. Throws CommandRefused. */
  async command(...parts: readonly (string | Buffer)[]): Promise<Answered> {
    const tag = `A${++this.#count}`;
    const answered: Answered = { untagged: [], codes: [] };
    let line = `${tag} `;
    this.#limit.bytes = MOST_BYTES;
    for (const part of parts) {
      if (typeof part === "string") line += part;
      else {
        this.#socket.write(`${line}{${part.length}}\r\n`);
        const { tag: next, status, code } = await this.#until(answered, (one) => one.tag !== "*");
        if (next !== "+") throw new CommandRefused(String(status), code);
        this.#socket.write(part);
        line = "";
      }
    }
    this.#socket.write(`${line}\r\n`);
    const { status, code } = await this.#until(answered, (one) => one.tag === tag);
    if (status !== "OK") throw new CommandRefused(String(status), code);
    return answered;
  }

  async #until(answered: Answered, isIt: (one: Response) => boolean): Promise<Response> {
    for (let seen = 0; seen < MOST_RESPONSES; seen++) {
      const response = await this.#next();
      if (isIt(response)) return response;
      if (response.tag !== "*" && response.tag !== "+") {
        throw new ResponseUnreadable("its answer cannot be read");
      }
      if (response.code !== null) answered.codes.push(response.code);
      if (response.status === null) answered.untagged.push(response.values);
    }
    throw new ResponseUnreadable("its answer is too large");
  }

  async #next(): Promise<Response> {
    const { done, value } = await this.#responses.next();
    if (done) throw new ResponseUnreadable("it closed the connection");
    return value;
  }
}

/** A text in a command: quoted where that can be, else a literal. */
export function text(given: string): string | Buffer {
  const isPlain = /^[\x20-\x7e]{0,500}$/.test(given);
  return isPlain ? `"${given.replace(/["\\]/g, "\\$&")}"` : Buffer.from(given);
}
