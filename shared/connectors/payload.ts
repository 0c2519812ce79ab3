import { Buffer } from "node:buffer";
import { InvalidInput } from "../refusals/errors.ts";
import { parseJson } from "../formats/strict-json.ts";
import { typeName } from "../refusals/validation.ts";
import { formatOf } from "../formats/media-type.ts";
import { decoded, multipartParts, parameter, type Part } from "../formats/multipart.ts";
import { urlencodedFields } from "../formats/urlencoded.ts";

/** A file of a form, without its content. */
interface SentFile {
  filename: string;
  content_type: string;
  /** Bytes. */
  size: number;
}

const MAX_FIELDS = 1_000;

/**
 * A delivery's body as expressions see it. JSON: an object or array; a number that a double does
 * not hold exactly is the text of its digits. A form: an object of its fields, at most 1,000; a
 * name given several times is an array, a file {filename, content_type, size}. Throws InvalidInput
 * for the field `body`.
 */
export function parsePayload(contentType: string, body: Uint8Array): unknown {
  const format = formatOf(contentType, body);
  const charset = parameter(contentType, "charset")?.toLowerCase();
  if (format === "json") return jsonPayload(decoded(body, charset ?? unicodeOf(body)));
  if (format === "urlencoded") {
    return formPayload(urlencodedFields(Buffer.from(body).toString("latin1"), charset));
  }
  if (format === "multipart") {
    const parts = multipartParts(contentType, body);
    return formPayload(parts.map((part) => [part.name, valueOf(part, body)]));
  }
  throw invalid(
    "Must be JSON or a form, and say which in its Content-Type, such as application/json.",
  );
}

// By its byte order mark.
function unicodeOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function jsonPayload(json: string): unknown {
  if (json.trim() === "") throw invalid("Must be a JSON object or array; it is empty.");
  const payload = parseJson(json, (digits) => digits);
  if (typeof payload === "object" && payload !== null) return payload;
  throw invalid(`Must be a JSON object or array; it is ${typeName(payload)}.`);
}

function valueOf({ filename, contentType, start, end }: Part, body: Uint8Array): string | SentFile {
  if (filename !== null) {
    return {
      filename,
      content_type: contentType ?? "application/octet-stream",
      size: end - start,
    };
  }
  const charset = parameter(contentType ?? "", "charset")?.toLowerCase() ?? "utf-8";
  return decoded(body.subarray(start, end), charset);
}

function formPayload(fields: readonly (readonly [string, string | SentFile])[]): unknown {
  if (fields.length === 0) throw invalid("Must have at least one field; it is empty.");
  if (fields.length > MAX_FIELDS) {
    throw invalid(`Must have at most 1,000 fields; it has ${fields.length}.`);
  }
  const values = new Map<string, (string | SentFile)[]>();
  for (const [name, value] of fields) {
    const given = values.get(name);
    if (given === undefined) values.set(name, [value]);
    else given.push(value);
  }
  // Unlike an assignment, this keeps a field named __proto__ as a field.
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length > 1 ? all : all[0]]),
  );
}

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "body", message }]);
}
