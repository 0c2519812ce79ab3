import { Buffer } from "node:buffer";
import { InvalidInput } from "../refusals/errors.ts";
import { decoded, multipartParts, parameter, type Part } from "./multipart.ts";
import { urlencodedFields } from "./urlencoded.ts";

/** A file of a form, without its content. */
export interface SentFile {
  filename: string;
  content_type: string;
  /** Bytes. */
  size: number;
}

const MAX_FIELDS = 1_000;

/**
 * The fields of a form's body, at most 1,000, as an object: a name given several times is an array, a file
 * {filename, content_type, size}. Throws InvalidInput for the field `body`.
 */
export function formData(
  format: "urlencoded" | "multipart",
  contentType: string,
  body: Uint8Array,
): Record<string, unknown> {
  if (format === "multipart") {
    const parts = multipartParts(contentType, body);
    return collected(parts.map((part) => [part.name, valueOf(part, body)]));
  }
  const charset = parameter(contentType, "charset")?.toLowerCase();
  return collected(urlencodedFields(Buffer.from(body).toString("latin1"), charset));
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

function collected(
  fields: readonly (readonly [string, string | SentFile])[],
): Record<string, unknown> {
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
