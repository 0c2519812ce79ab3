import { InvalidInput } from "../refusals/errors.ts";
import { parseJson } from "../formats/strict-json.ts";
import { typeName } from "../refusals/validation.ts";
import { formatOf } from "../formats/media-type.ts";
import { formData } from "../formats/form-data.ts";
import { decoded, parameter } from "../formats/multipart.ts";

/**
 * A delivery's body as expressions see it. JSON: an object or array; a number that a double does
 * not hold exactly is the text of its digits. A form: an object of its fields, at most 1,000; a
 * name given several times is an array, a file {filename, content_type, size}. Throws InvalidInput
 * for the field `body`.
 */
export function parsePayload(contentType: string, body: Uint8Array): unknown {
  const format = formatOf(contentType, body);
  if (format === "json") {
    const charset = parameter(contentType, "charset")?.toLowerCase();
    return jsonPayload(decoded(body, charset ?? unicodeOf(body)));
  }
  if (format !== undefined) return formData(format, contentType, body);
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

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "body", message }]);
}
