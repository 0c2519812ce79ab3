import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { HTTPParser } from "http-parser-js";

/** The most bytes of an answer's body that are read. */
const MOST_BYTES = 64 * 1024;
const MOST_HEADER_BYTES = 32 * 1024;

/** What a server answered. */
export interface Answer {
  status: number;
  /** By their lower-case names; of several the last. */
  headers: Readonly<Record<string, string>>;
  /** No more than its first 64 KB. */
  body: Uint8Array;
}

/** An answer that is not one of HTTP/1.1 (RFC 9112), or ended before its headers did. */
export class AnswerUnreadable extends Error {
  override name = "AnswerUnreadable";
}

/**
 * Reads the answer to the one request of a connection: the body to its end or up to 64 KB, whatever
 * comes first. Rejects with AnswerUnreadable, or with the socket's error. The caller destroys the socket.
 */
export function readAnswer(socket: Socket): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const reading = new Reading(resolve);
    socket.on("data", (bytes) => {
      const error = reading.take(Buffer.from(bytes));
      if (error) reject(new AnswerUnreadable("The answer is not HTTP.", { cause: error }));
    });
    socket.on("error", (error) => reading.end() || reject(error));
    for (const event of ["end", "close"]) {
      socket.on(event, () => {
        if (!reading.end()) reject(new AnswerUnreadable("The connection ended without an answer."));
      });
    }
  });
}

class Reading {
  readonly #parser = new HTTPParser("RESPONSE");
  readonly #parts: Buffer[] = [];
  #size = 0;
  #head: Omit<Answer, "body"> | null = null;

  constructor(readonly done: (answer: Answer) => void) {
    this.#parser.maxHeaderSize = MOST_HEADER_BYTES;
    this.#parser[HTTPParser.kOnHeadersComplete] = ({ statusCode, headers }) => {
      // What goes before the answer itself (RFC 9110, section 15.2).
      if (statusCode >= 200 || statusCode === 101) {
        this.#head = { status: statusCode, headers: byName(headers) };
      }
    };
    this.#parser[HTTPParser.kOnBody] = (bytes, offset, length) => {
      this.#parts.push(Buffer.from(bytes.subarray(offset, offset + length)));
      this.#size += length;
    };
    this.#parser[HTTPParser.kOnMessageComplete] = () => this.end();
  }

  /** Takes what came in; answers the error of what is no HTTP. */
  take(bytes: Buffer): Error | null {
    const result = this.#parser.execute(bytes);
    if (this.#size >= MOST_BYTES) this.end();
    return typeof result === "number" ? null : result;
  }

  /** Answers whether there is an answer, be it cut short. */
  end(): boolean {
    if (this.#head === null) return false;
    this.done({ ...this.#head, body: Buffer.concat(this.#parts).subarray(0, MOST_BYTES) });
    return true;
  }
}

function byName(headers: readonly string[]): Record<string, string> {
  const names = headers.filter((_, at) => at % 2 === 0);
  return Object.fromEntries(
    names.map((name, at) => [name.toLowerCase(), headers[2 * at + 1] ?? ""]),
  );
}
