import { Buffer } from "node:buffer";
import type { RequestOptions } from "./api-client.ts";

/** Operations that take a form with a file, and no JSON. */
const TAKES_FORMS =
  /^lio\/api\/(lead\/document\/add|storage-file\/add|lead\/lead-imports|lead\/[^/?]*\/upload-profile-image)(?=\?|$)/;
const FILES = new Set(["file", "image"]);
/** Fields of forms that are numbers. */
const NUMBERS = new Set(["lead_id"]);
/** A table may have many, but none of a million characters. */
const BLANK_LINE = `${" ".repeat(999)}\n`;
const BOUNDARY = "form-of-tests";

/** A body as it is sent. */
interface Sent {
  payload: BodyInit;
  contentType: string;
}

/**
 * The form that stands for JSON which is sent to an operation that takes a form; null where JSON is meant. A value
 * that is none of its field's type becomes what no form of the operation has. Blanks behind raw JSON make the
 * file as long as that.
 */
export function formFor(path: string, { body, raw, headers = {} }: RequestOptions): Sent | null {
  const types = Object.entries(headers).filter(([name]) => name.toLowerCase() === "content-type")
    .map(([, type]) => type);
  if (!TAKES_FORMS.test(path) || types.some((type) => type !== "application/json")) return null;
  if (body === undefined && raw === undefined) return null;
  const contentType = `multipart/form-data; boundary=${BOUNDARY}`;
  const text = typeof raw === "string" ? raw : JSON.stringify(body);
  const given = raw === undefined || typeof raw === "string" ? objectIn(text) : null;
  if (given === null) return { payload: raw ?? text, contentType };
  const length = typeof raw === "string" && /\s$/.test(raw) ? raw.length : 0;
  const parts = Object.entries(given).flatMap(([name, value]) => partOf(name, value, length));
  return { payload: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]), contentType };
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
}

function partOf(name: string, value: unknown, length: number): Buffer[] {
  const isText = typeof value === "string" || NUMBERS.has(name);
  // Of the two, a text and a file, the wrong one.
  const isFile = FILES.has(name) === isText;
  const content = typeof value === "string" ? value : JSON.stringify(value);
  const escaped = name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const file = isFile ? '; filename="offer.txt"' : "";
  return [
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="`),
    encoded(escaped),
    Buffer.from(`"${file}\r\n\r\n`),
    encoded(isFile ? content.padEnd(length, BLANK_LINE) : content),
    Buffer.from("\r\n"),
  ];
}

// As UTF-8, but for lone surrogates, which are no text in any encoding.
function encoded(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  return Buffer.concat(
    [...text].map((char) =>
      char.isWellFormed() ? Buffer.from(char) : Buffer.from([0xed, 0xa0, 0x80])
    ),
  );
}
