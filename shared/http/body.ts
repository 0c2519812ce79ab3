import { Buffer } from "node:buffer";
import { isDeliverable } from "../formats/media-type.ts";
import { ApiError } from "../dialects/lumenbase/errors.ts";

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

/** Throws 415 unless the request says it carries JSON (RFC 9110, section 8.3). */
export function requireJson(request: Request): void {
  const type = mediaType(request);
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw unsupportedType(type, "application/json");
  }
  requireKnownEncoding(request);
}

/** Throws 415 unless the request says it carries what a connector reads: JSON or a form. */
export function requireDeliverable(request: Request): void {
  const type = mediaType(request);
  if (!isDeliverable(type)) {
    throw unsupportedType(
      type,
      "application/json, application/x-www-form-urlencoded or multipart/form-data",
    );
  }
  requireKnownEncoding(request);
}

/** Whether it is certain, without reading it, that the body is not too large. */
export function fits({ headers }: Request, limit: number): boolean {
  const length = headers.get("content-length");
  return length !== null && Number(length) <= limit && headers.get("content-encoding") === null;
}

/**
 * Reads the body as text, decompressed, as it comes in. Throws 413 as soon as it passes `limit`
 * bytes, and 400 when it is cut short, not valid gzip, or not UTF-8.
 */
export async function readBody(request: Request, limit: number): Promise<string> {
  const bytes = await readBytes(request, limit);
  try {
    return utf8.decode(bytes);
  } catch {
    throw unreadable("The body is not complete, valid UTF-8.");
  }
}

/** Reads the body as {@link readBody} does, as it was sent: its sender may have signed the bytes. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const length = request.headers.get("content-length");
  if (Number(length) > limit) throw tooLarge(limit);
  const encoding = contentEncoding(request);
  // The server hands over no more than the Content-Length says, unless the body is sent in chunks.
  if (length !== null && encoding === "" && request.headers.get("transfer-encoding") === null) {
    return await whole(request, limit);
  }
  const format = ENCODINGS[encoding];
  const stream = request.body;
  if (stream === null) return new Uint8Array();
  // What is left of a body that is refused stays to be drained.
  const chunks = format
    ? stream.pipeThrough(
      new DecompressionStream(format) as ReadableWritablePair<Uint8Array, Uint8Array>,
      { preventCancel: true },
    )
    : stream;
  try {
    return await joined(chunks, limit);
  } catch (error) {
    if (format) await chunks.cancel().catch(() => {});
    if (error instanceof ApiError) throw error;
    throw unreadable(`The body is not complete${format ? `, valid ${format} data` : ""}.`);
  }
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

async function joined(chunks: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = chunks.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts, size);
    size += value.byteLength;
    if (size > limit) {
      reader.releaseLock();
      throw tooLarge(limit);
    }
    parts.push(value);
  }
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

function unsupportedType(type: string, expected: string): ApiError {
  const given = type ? `"${type.slice(0, 100)}"` : "missing";
  return unsupported(`Content-Type is ${given}; it must be ${expected}.`);
}

function unreadable(message: string): ApiError {
  return new ApiError("VALIDATION_ERROR", message, {
    fields: [{ field: "body", message: "Must be sent whole, as text in UTF-8." }],
  });
}

function contentEncoding(request: Request): string {
  return request.headers.get("content-encoding")?.trim().toLowerCase() ?? "";
}

function tooLarge(limit: number): ApiError {
  return new ApiError(
    "PAYLOAD_TOO_LARGE",
    `The body is larger than ${limit / 1024} KB, the most this endpoint takes.`,
    { max_bytes: limit },
  );
}

function unsupported(message: string): ApiError {
  return new ApiError("UNSUPPORTED_MEDIA_TYPE", message);
}
