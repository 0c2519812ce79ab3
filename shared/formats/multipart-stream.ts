import { Buffer } from "node:buffer";
import { boundaryOf, invalid, type PartHead, partHead } from "./multipart.ts";

/** A field or file of a multipart form, whose content comes while it is read. */
export interface ComingPart extends PartHead {
  /** To be read before the next part is asked for; what is left of it is passed over. */
  content: ReadableStream<Uint8Array>;
}

const LINE_END = Buffer.from("\r\n");
const BLANK_LINE = Buffer.from("\r\n\r\n");
/** The most bytes of a part's headers, and of blanks behind a delimiter. */
const MOST_HEADERS = 16 * 1024;

/**
 * The parts of a multipart/form-data body (RFC 7578) as they come, of which no more than a chunk is in memory; read
 * as by `multipartParts`. Throws InvalidInput for the field `body`, or what the stream throws.
 */
export async function* comingParts(
  contentType: string,
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ComingPart> {
  const reader = body.getReader();
  try {
    const coming = new Coming(reader, Buffer.from(`--${boundaryOf(contentType)}`));
    // What stands before the first delimiter is for nobody, and begins a line.
    coming.buffer = LINE_END;
    await passedOver(coming);
    while (!await coming.isLast()) {
      const head = partHead(await coming.headers());
      const content = coming.content();
      yield { ...head, content };
      await passedOver(coming);
    }
    await coming.rest();
  } finally {
    // Whoever stops before the end lets the rest be drained.
    await reader.cancel().catch(() => {});
  }
}

async function passedOver(coming: Coming): Promise<void> {
  while (await coming.next() !== null);
}

class Coming {
  /** What has come and is not read yet: while content is read, it begins with the line end before that. */
  buffer: Buffer = Buffer.alloc(0);
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #delimiter: Buffer;
  #begun = false;
  #atDelimiter = false;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>, delimiter: Buffer) {
    this.#reader = reader;
    this.#delimiter = delimiter;
  }

  /** The rest of a part's content, in chunks. */
  content(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const chunk = await this.next();
        if (chunk === null) controller.close();
        else controller.enqueue(chunk);
      },
    }, { highWaterMark: 0 });
  }

  /** The next bytes of the content; null at its end, where the delimiter is behind it. */
  async next(): Promise<Buffer | null> {
    while (!this.#atDelimiter) {
      const start = this.#begun ? 0 : LINE_END.length;
      const found = await this.#delimiterEnd();
      if (found !== null) {
        const chunk = this.buffer.subarray(start, Math.max(start, found.start));
        this.buffer = this.buffer.subarray(found.end);
        this.#atDelimiter = true;
        this.#begun = false;
        return chunk.byteLength > 0 ? Buffer.from(chunk) : null;
      }
      // Of what may be the beginning of a delimiter nothing is given away.
      const sure = this.buffer.byteLength - this.#delimiter.byteLength - LINE_END.length;
      if (sure > start) {
        const chunk = Buffer.from(this.buffer.subarray(start, sure));
        this.buffer = this.buffer.subarray(sure);
        this.#begun = true;
        return chunk;
      }
      await this.#more();
    }
    return null;
  }

  /** Whether the delimiter that was reached is the last one. */
  async isLast(): Promise<boolean> {
    while (this.buffer.byteLength < 2) await this.#more();
    return this.buffer.toString("latin1", 0, 2) === "--";
  }

  /** The headers of the part behind the delimiter. */
  async headers(): Promise<Buffer> {
    for (;;) {
      const end = this.buffer.indexOf(BLANK_LINE);
      const headers = this.buffer.subarray(0, end < 0 ? undefined : end);
      if (headers.includes(Buffer.concat([LINE_END, this.#delimiter]))) throw withoutHeaders();
      if (end >= 0) {
        this.buffer = this.buffer.subarray(end + LINE_END.length);
        this.#atDelimiter = false;
        return headers;
      }
      if (headers.byteLength > MOST_HEADERS) throw withoutHeaders();
      await this.#more();
    }
  }

  /** Reads what follows the last delimiter, and forgets it. */
  async rest(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }

  // A delimiter stands at the start of a line, and nothing but blanks follow it on its line.
  async #delimiterEnd(): Promise<{ start: number; end: number } | null> {
    for (let from = 0;;) {
      const at = this.buffer.indexOf(this.#delimiter, from);
      if (at < 0) return null;
      from = at + 1;
      const start = at - LINE_END.length;
      if (start < 0 || this.buffer.toString("latin1", start, at) !== "\r\n") continue;
      const end = await this.#closed(at + this.#delimiter.byteLength);
      if (end !== null) return { start, end };
    }
  }

  async #closed(from: number): Promise<number | null> {
    for (let end = from;; end++) {
      if (end - from > MOST_HEADERS) return null;
      while (this.buffer.byteLength < end + 2) await this.#more();
      const behind = this.buffer.toString("latin1", end, end + 2);
      if (behind === "\r\n" || end === from && behind === "--") return end;
      if (!/^[ \t]/.test(behind)) return null;
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) throw invalid("Must be complete multipart/form-data, up to its final boundary.");
    this.buffer = Buffer.concat([this.buffer, value]);
  }
}

function withoutHeaders() {
  return invalid("Has a part without headers.");
}
