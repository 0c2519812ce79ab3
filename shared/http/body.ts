import { ApiError } from "./errors.ts";

export const SINGLE_LIMIT = 50 * 1024;
export const BATCH_LIMIT = 500 * 1024;

const ENCODINGS: Record<string, CompressionFormat | null> = {
  "": null,
  identity: null,
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate",
};

/** Throws 415 unless the request says it carries JSON (RFC 9110, section 8.3). */
export function requireJson(request: Request): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw unsupported(
      `Content-Type is ${
        type ? `"${type.slice(0, 100)}"` : "missing"
      }; it must be application/json.`,
    );
  }
  const encoding = contentEncoding(request);
  if (!Object.hasOwn(ENCODINGS, encoding)) {
    throw unsupported(
      `Content-Encoding "${encoding.slice(0, 100)}" is not supported; use gzip, deflate or none.`,
    );
  }
}

/**
 * Reads the body, decompressed, as it comes in. Throws 413 as soon as it passes `limit` bytes, and
 * 400 when it is cut short, not valid gzip, or not UTF-8.
 */
export async function readBody(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge(limit);
  const format = ENCODINGS[contentEncoding(request)];
  const stream = request.body;
  if (stream === null) return "";
  const chunks = format
    ? stream.pipeThrough(
      new DecompressionStream(format) as ReadableWritablePair<Uint8Array, Uint8Array>,
    )
    : stream;
  try {
    return await text(chunks, limit);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(
      "VALIDATION_ERROR",
      format
        ? `The body is not complete, valid ${format} data in UTF-8.`
        : "The body is not complete, valid UTF-8.",
      { fields: [{ field: "body", message: "Must be JSON in UTF-8." }] },
    );
  }
}

async function text(chunks: ReadableStream<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = chunks.getReader();
  let size = 0;
  let read = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return read + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw tooLarge(limit);
    }
    read += decoder.decode(value, { stream: true });
  }
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
