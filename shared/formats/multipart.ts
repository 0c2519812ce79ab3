import { Buffer } from "node:buffer";
import { InvalidInput } from "../refusals/errors.ts";

/** What the headers of a field or file of a multipart form say. */
export interface PartHead {
  name: string;
  /** Null for a plain field. */
  filename: string | null;
  /** As the part's header says; null when it does not. */
  contentType: string | null;
}

/** A field or file of a multipart form, and where its content stands in the body. */
export interface Part extends PartHead {
  start: number;
  end: number;
}

const LINE_END = "\r\n";
const DISPOSITION = /^form-data(?=\s*;|$)/i;
const PLAIN_ENCODING = /^(7bit|8bit|binary)?$/i;

/**
 * The parts of a multipart/form-data body (RFC 7578). The platforms' own parsers disagree: Deno's
 * takes a body that was cut short without what is missing, Node's refuses some filenames. Throws
 * InvalidInput for the field `body`.
 */
export function multipartParts(contentType: string, body: Uint8Array): Part[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = `--${boundaryOf(contentType)}`;
  const parts: Part[] = [];
  let next = delimiterAt(bytes, delimiter, 0);
  while (!next.last) {
    const start = next.end;
    next = delimiterAt(bytes, delimiter, start);
    parts.push(readPart(bytes, start, next.start));
  }
  return parts;
}

/** What separates the parts. Throws InvalidInput for the field `body`. */
export function boundaryOf(contentType: string): string {
  const boundary = parameter(contentType, "boundary");
  if (boundary) return boundary;
  throw invalid("Must be separated by the boundary that Content-Type names; it names none.");
}

// A delimiter stands at the start of a line, and nothing but space follows it on its line.
function delimiterAt(bytes: Buffer, delimiter: string, from: number) {
  for (let at = bytes.indexOf(delimiter, from); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    const lineStart = at === 0 ? 0 : at - LINE_END.length;
    const opens = at === 0 || bytes.toString("latin1", lineStart, at) === LINE_END;
    let end = at + delimiter.length;
    const last = bytes.toString("latin1", end, end + 2) === "--";
    while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
    const closes = last || bytes.toString("latin1", end, end + 2) === LINE_END;
    if (opens && closes) return { start: lineStart, end, last };
  }
  throw invalid("Must be complete multipart/form-data, up to its final boundary.");
}

function readPart(bytes: Buffer, from: number, end: number): Part {
  // The line end of the delimiter may be the empty line after the headers.
  const headersEnd = bytes.indexOf(LINE_END + LINE_END, from);
  if (headersEnd < 0 || headersEnd > end) throw invalid("Has a part without headers.");
  const start = headersEnd + 2 * LINE_END.length;
  return { ...partHead(bytes.subarray(from, headersEnd)), start: Math.min(start, end), end };
}

/** Reads the headers of a part. Throws InvalidInput for the field `body`. */
export function partHead(bytes: Uint8Array): PartHead {
  const headers = partHeaders(bytes);
  const disposition = headers.get("content-disposition") ?? "";
  const name = parameter(disposition, "name");
  if (!DISPOSITION.test(disposition) || name === undefined) {
    throw invalid(
      'Has a part without a name, such as Content-Disposition: form-data; name="email".',
    );
  }
  const encoding = headers.get("content-transfer-encoding") ?? "";
  if (!PLAIN_ENCODING.test(encoding)) {
    throw invalid("Must not use Content-Transfer-Encoding (RFC 7578, section 4.7).");
  }
  const filename = extended(disposition) ?? parameter(disposition, "filename") ?? null;
  return { name, filename, contentType: headers.get("content-type") ?? null };
}

function partHeaders(bytes: Uint8Array): Map<string, string> {
  const lines = decoded(bytes, "utf-8").split(LINE_END);
  return new Map(lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  }));
}

/** A parameter of a header's value. Browsers write a quote in a name as `%22`, others as `\"`. */
export function parameter(value: string, name: string): string | undefined {
  for (const match of value.matchAll(/;\s*([^\s;=]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g)) {
    const [, found = "", quoted, plain] = match;
    if (found.toLowerCase() !== name) continue;
    return quoted?.replace(/\\(["\\])/g, "$1").replace(/%(22|0D|0A)/gi, decodeURIComponent) ??
      plain;
  }
  return undefined;
}

// RFC 5987, which RFC 7578 forbids and some clients use.
function extended(disposition: string): string | undefined {
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(parameter(disposition, "filename*") ?? "") ?? [];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

/** Decodes text strictly, without its byte order mark. Throws InvalidInput for the field `body`. */
export function decoded(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    throw invalid(
      charset === "utf-8" ? "Must be in UTF-8." : `Must be in ${charset.slice(0, 40)}, as it says.`,
    );
  }
}

/** What is wrong with a form. */
export function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "body", message }]);
}
