import { Buffer } from "node:buffer";
import { InvalidInput } from "../refusals/errors.ts";
import { Refusal } from "../refusals/refusal.ts";

export const SINGLE_LIMIT = 50 * 1024;
export const BATCH_LIMIT = 500 * 1024;

const utf8 = new TextDecoder("utf-8", { fatal: true });

const ENCODINGS: Record<string, CompressionFormat | null> = {
  "": null,
  identity: null,
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate",
};

/** What body an operation takes. */
export interface BodyRule {
  /** The most bytes. */
  limit: number;
  accepts(mediaType: string): boolean;
  /** The media types, for who sent another. */
  expected: string;
  /** Whether the operation reads the bytes as they were sent, rather than text. */
  binary?: true;
  /** Whether the operation reads the body itself, as it comes. */
  coming?: true;
}

/** A body of JSON of at most this many bytes (RFC 9110, section 8.3). */
export function jsonBody(limit: number): BodyRule {
  return {
    limit,
    accepts: (type) => type === "application/json" || /^application\/[\w.-]+\+json$/.test(type),
    expected: "application/json",
  };
}

/** Throws Refusal unless the request says it carries what the rule asks for. */
export function requireType(request: Request, { accepts, expected }: BodyRule): void {
  const type = mediaType(request);
  if (!accepts(type)) throw unsupportedType(type, expected);
  requireKnownEncoding(request);
}

/** Whether it is certain, without reading it, that the body is not too large. */
export function fits({ headers }: Request, limit: number): boolean {
  const length = headers.get("content-length");
  return length !== null && Number(length) <= limit && headers.get("content-encoding") === null;
}

/**
 * Reads the body as text, decompressed, as it comes in. Throws Refusal: too large as soon as it passes
 * `limit` bytes, invalid when it is cut short, not valid gzip, or not UTF-8.
 */
export async function readText(request: Request, limit: number): Promise<string> {
  const bytes = await readBytes(request, limit);
  try {
    return utf8.decode(bytes);
  } catch {
    throw unreadable("The body is not complete, valid UTF-8.");
  }
}

/** Reads the body as {@link readText} does, as it was sent: its sender may have signed the bytes. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  requireLength(request, limit);
  const length = request.headers.get("content-length");
  const encoding = contentEncoding(request);
  // The server hands over no more than the Content-Length says, unless the body is sent in chunks.
  if (length !== null && encoding === "" && request.headers.get("transfer-encoding") === null) {
    return await whole(request, limit);
  }
  return await joined(readChunks(request, limit));
}

/** Throws Refusal for a body that says it is too large. */
export function requireLength({ headers }: Request, limit: number): void {
  if (Number(headers.get("content-length")) > limit) throw tooLarge(limit);
}

/**
 * The body as it comes in, decompressed; what is wrong with it is thrown as by {@link readText}. What is left of
 * one that is refused stays to be drained.
 */
export function readChunks(request: Request, limit: number): ReadableStream<Uint8Array> {
  requireLength(request, limit);
  const format = ENCODINGS[contentEncoding(request)];
  const stream = request.body ?? new Blob([]).stream();
  const reader = (format
    ? stream.pipeThrough(
      new DecompressionStream(format) as ReadableWritablePair<Uint8Array, Uint8Array>,
      { preventCancel: true },
    )
    : stream).getReader();
  const leave = () => format ? reader.cancel().catch(() => {}) : reader.releaseLock();
  let size = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch(() => {
        throw unreadable(`The body is not complete${format ? `, valid ${format} data` : ""}.`);
      });
      if (done) return controller.close();
      size += value.byteLength;
      if (size > limit) {
        await leave();
        throw tooLarge(limit);
      }
      controller.enqueue(value);
    },
    async cancel() {
      await leave();
    },
  }, { highWaterMark: 0 });
}

// The runtime's own way, which costs a fraction of what a stream does.
async function whole(request: Request, limit: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await request.arrayBuffer());
  } catch {
    throw unreadable("The body is not complete.");
  }
  if (bytes.byteLength > limit) throw tooLarge(limit);
  return bytes;
}

async function joined(chunks: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function mediaType(request: Request): string {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
}

function requireKnownEncoding(request: Request): void {
  const encoding = contentEncoding(request);
  if (Object.hasOwn(ENCODINGS, encoding)) return;
  throw unsupported(
    `Content-Encoding "${encoding.slice(0, 100)}" is not supported; use gzip, deflate or none.`,
  );
}

function unsupportedType(type: string, expected: string): Refusal {
  const given = type ? `"${type.slice(0, 100)}"` : "missing";
  return unsupported(`Content-Type is ${given}; it must be ${expected}.`);
}

function unreadable(message: string): Refusal {
  return new InvalidInput(
    [{ field: "body", message: "Must be sent whole, as text in UTF-8.", in: "format" }],
    message,
  );
}

function contentEncoding(request: Request): string {
  return request.headers.get("content-encoding")?.trim().toLowerCase() ?? "";
}

function tooLarge(limit: number): Refusal {
  return new Refusal(
    "too_large",
    `The body is larger than ${limit / 1024} KB, the most this endpoint takes.`,
    { max_bytes: limit },
  );
}

function unsupported(message: string): Refusal {
  return new Refusal("unsupported_type", message);
}
