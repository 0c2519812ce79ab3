import { Buffer } from "node:buffer";
import { InvalidInput } from "../refusals/errors.ts";
import { jsonTokens } from "../formats/strict-json.ts";
import { multipartParts, parameter } from "../formats/multipart.ts";
import { formatOf } from "../formats/media-type.ts";
import { urlencodedFields } from "../formats/urlencoded.ts";
import { parsePayload } from "./payload.ts";

const REDACTED = "[redacted]";

/** A stretch of a body to replace. */
interface Span {
  start: number;
  end: number;
}

/**
 * A delivery's body without the secret that one of its fields holds: the field's value, at the top
 * or in each object of an array at the top, becomes "[redacted]", and the rest stays byte for byte.
 * A body that cannot be read, in which the secret may be anywhere, is replaced whole.
 */
export function redacted(contentType: string, body: Uint8Array, field: string): Uint8Array {
  try {
    parsePayload(contentType, body);
  } catch (error) {
    if (error instanceof InvalidInput) return Buffer.from(REDACTED);
    throw error;
  }
  const bytes = Buffer.from(body);
  const format = formatOf(contentType, body);
  const charset = parameter(contentType, "charset")?.toLowerCase();
  if (format === "json") return redactedJson(bytes, charset, field);
  const text = bytes.toString("latin1");
  return Buffer.from(
    format === "multipart"
      ? replaced(
        text,
        multipartParts(contentType, body).filter(({ name }) => name === field),
        REDACTED,
      )
      : replaced(text, urlencodedValues(text, field, charset), encodeURIComponent(REDACTED)),
    "latin1",
  );
}

// Kept as it was only in UTF-8, in which all but a few senders write.
function redactedJson(bytes: Buffer, charset: string | undefined, field: string): Buffer {
  const isUtf8 = charset === undefined || charset === "utf-8" || charset === "utf8";
  if (!isUtf8 || /^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString("latin1", 0, 2))) {
    return Buffer.from(REDACTED);
  }
  const text = bytes.toString("utf8");
  return Buffer.from(replaced(text, jsonValues(text, field), JSON.stringify(REDACTED)));
}

function jsonValues(json: string, field: string): Span[] {
  const spans: Span[] = [];
  let root: string | undefined;
  for (const { token, key, depth, end } of jsonTokens(json)) {
    root ??= token;
    if (key === field && depth === (root === "{" ? 1 : 2)) spans.push(jsonValue(json, end));
  }
  return spans;
}

/** The value that begins after a key's colon. */
function jsonValue(json: string, colon: number): Span {
  const start = colon + json.slice(colon).search(/\S/);
  const rest = json.slice(start);
  if (/^["{[]/.test(rest)) {
    for (const { depth, end } of jsonTokens(rest)) {
      if (depth === 0) return { start, end: start + end };
    }
  }
  return { start, end: start + rest.search(/[\s,}\]]/) };
}

function urlencodedValues(form: string, field: string, charset: string | undefined): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const pair of form.split("&")) {
    const [[name] = []] = urlencodedFields(pair, charset);
    const equals = pair.indexOf("=");
    if (name === field && equals >= 0) {
      spans.push({ start: at + equals + 1, end: at + pair.length });
    }
    at += pair.length + 1;
  }
  return spans;
}

function replaced(text: string, spans: readonly Span[], replacement: string): string {
  let result = "";
  let from = 0;
  for (const { start, end } of spans) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}
