import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** What a server answered. */
export interface Answer {
  status: number;
  body: Buffer;
}

const HEADERS_END = "\r\n\r\n";

/**
 * A kept connection that has one request under way at a time. It reads only what a benchmark needs
 * of HTTP/1.1, so that on a shared machine the client costs little of what is measured.
 */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", (error) => this.#waiting?.reject(error));
    socket.on("close", () => this.#waiting?.reject(new Error("the server closed the connection")));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new Connection(socket);
  }

  /** Sends a whole request, as text of HTTP/1.1, and waits for the answer. */
  send(request: string | Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf(HEADERS_END);
    if (end < 0) return;
    const head = this.#received.toString("latin1", 0, end);
    const content = this.#received.subarray(end + HEADERS_END.length);
    const length = /content-length: *(\d+)/i.exec(head)?.[1];
    const body = length === undefined ? unchunked(content) : whole(content, Number(length));
    if (body === null) return;
    this.#received = Buffer.alloc(0);
    this.#waiting?.resolve({ status: Number(head.slice(9, 12)), body });
  }
}

function whole(content: Buffer, length: number): Buffer | null {
  return content.length < length ? null : content.subarray(0, length);
}

/** A chunked body (RFC 9112, section 7.1), or null while its last chunk has not come. */
function unchunked(content: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  for (let at = 0;;) {
    const line = content.indexOf("\r\n", at);
    if (line < 0) return null;
    const size = parseInt(content.toString("latin1", at, line), 16);
    at = line + 2 + size + 2;
    if (content.length < at) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(content.subarray(line + 2, line + 2 + size));
  }
}

/** A request as text of HTTP/1.1. */
export function requestText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const all = {
    Host: "127.0.0.1",
    ...headers,
    ...(body === undefined ? {} : {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(text)),
    }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `${method} ${path} HTTP/1.1\r\n${lines}\r\n${text}`;
}
