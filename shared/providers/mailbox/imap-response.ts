import { Buffer } from "node:buffer";

const DEEPEST = 60;

/** A value of a response (RFC 9051, section 4): text, a literal's bytes, NIL or a list. */
export type Value = string | Buffer | null | Value[];

/** A response of a server. */
export interface Response {
  /** `*`, `+`, or the tag of the command that it ends. */
  tag: string;
  /** Of a response that tells how something went. */
  status: "OK" | "NO" | "BAD" | "BYE" | "PREAUTH" | null;
  /** What stands in brackets after the status, such as `UIDVALIDITY 3`. */
  code: string | null;
  /** The rest of one without status. */
  values: Value[];
}

/** A server does not speak as the protocol has it, or too much. */
export class ResponseUnreadable extends Error {
  override name = "ResponseUnreadable";
}

/** The responses in what a server sends, as long as the limit, which each lowers, allows for them. */
export async function* responsesIn(
  chunks: AsyncIterable<Uint8Array>,
  limit: { bytes: number },
): AsyncGenerator<Response> {
  const bytes = new Bytes(chunks, limit);
  for (;;) {
    const pieces: (string | Buffer)[] = [];
    for (;;) {
      const line = await bytes.line();
      if (line === null) return;
      pieces.push(line);
      const [, size] = /~?\{(\d{1,12})\+?\}$/.exec(line.slice(-20)) ?? [];
      if (size === undefined) break;
      pieces.push(await bytes.exactly(Number(size)));
    }
    yield responseOf(pieces);
  }
}

/** What has come and was not read yet. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>, readonly limit: { bytes: number }) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** A line without its end, a character a byte; null when nothing comes any more. */
  async line(): Promise<string | null> {
    let searched = 0;
    for (;;) {
      const end = this.#rest.indexOf("\n", searched);
      if (end >= 0) return this.#take(end + 1).toString("latin1").replace(/\r?\n$/, "");
      searched = this.#rest.length;
      this.#allow(searched);
      const more = await this.#more();
      if (more === null) return null;
      this.#rest = Buffer.concat([this.#rest, more]);
    }
  }

  async exactly(size: number): Promise<Buffer> {
    this.#allow(size);
    const parts = [this.#take(Math.min(size, this.#rest.length))];
    let left = size - parts.reduce((sum, part) => sum + part.length, 0);
    while (left > 0) {
      const more = await this.#more();
      if (more === null) throw new ResponseUnreadable("its answer was cut short");
      parts.push(more.subarray(0, left));
      this.#rest = more.subarray(left);
      left -= Math.min(left, more.length);
    }
    return Buffer.concat(parts);
  }

  #allow(size: number): void {
    if (size > this.limit.bytes) throw new ResponseUnreadable("its answer is too large");
  }

  #take(size: number): Buffer {
    const taken = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    return taken;
  }

  async #more(): Promise<Buffer | null> {
    const { done, value } = await this.#chunks.next();
    this.limit.bytes -= done ? 0 : value.byteLength;
    this.#allow(0);
    return done ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}

const STATUS = /^(\S+) (OK|NO|BAD|BYE|PREAUTH)(?: \[([^\]]*)\])?(?: |$)/i;

function responseOf(pieces: (string | Buffer)[]): Response {
  const first = String(pieces[0]);
  const [, tag, status, code = null] = STATUS.exec(first) ?? [];
  if (tag !== undefined && status !== undefined) {
    return { tag, status: status.toUpperCase() as Response["status"], code, values: [] };
  }
  if (first.startsWith("+")) return { tag: "+", status: null, code: null, values: [] };
  const [name, ...values] = new Parser(pieces).list(0);
  return { tag: String(name), status: null, code: null, values };
}

class Parser {
  #piece = 0;
  #at = 0;

  constructor(readonly pieces: readonly (string | Buffer)[]) {}

  /** The values up to the end of the list, or of the response. */
  list(depth: number): Value[] {
    if (depth > DEEPEST) throw new ResponseUnreadable("its answer is nested too deep");
    const values: Value[] = [];
    for (;;) {
      const text = this.#text();
      const character = text[this.#at];
      if (character === undefined) {
        if (depth > 0) throw new ResponseUnreadable("its answer cannot be read");
        return values;
      }
      if (character === ")" && depth > 0) {
        this.#at++;
        return values;
      }
      if (character === " " || character === ")") this.#at++;
      else values.push(this.#value(character, depth));
    }
  }

  #value(character: string, depth: number): Value {
    if (character === "(") {
      this.#at++;
      return this.list(depth + 1);
    }
    if (character === '"') return this.#quoted();
    if (/^~?\{\d+\+?\}$/.test(this.#text().slice(this.#at))) return this.#literal();
    return this.#atom();
  }

  #text(): string {
    return String(this.pieces[this.#piece] ?? "");
  }

  #quoted(): string {
    const found = /"((?:[^"\\]|\\.)*)"/y;
    found.lastIndex = this.#at;
    const [whole, inner] = found.exec(this.#text()) ?? [];
    if (whole === undefined || inner === undefined) {
      throw new ResponseUnreadable("its answer cannot be read");
    }
    this.#at += whole.length;
    return Buffer.from(inner.replace(/\\(.)/g, "$1"), "latin1").toString("utf8");
  }

  #literal(): Buffer {
    const bytes = this.pieces[this.#piece + 1];
    this.#piece += 2;
    this.#at = 0;
    return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
  }

  // Such as BODY[HEADER.FIELDS (REFERENCES)]: what is in brackets belongs to it.
  #atom(): string | null {
    const found = /[^\s()"[]*(?:\[[^\]]*\])?[^\s()"]*/y;
    found.lastIndex = this.#at;
    const [text = ""] = found.exec(this.#text()) ?? [];
    this.#at += Math.max(text.length, 1);
    return text.toUpperCase() === "NIL" ? null : text;
  }
}
