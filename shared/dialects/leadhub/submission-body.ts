import { formData } from "../../formats/form-data.ts";
import { parseObject } from "../../formats/json.ts";
import { formatOf } from "../../formats/media-type.ts";
import { decoded } from "../../formats/multipart.ts";
import { type BodyRule, jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";

type Sent = Pick<Call, "request" | "bytes">;

/** What the form of a web page sends. */
const FORMS = ["application/x-www-form-urlencoded", "multipart/form-data"];
const json = jsonBody(SINGLE_LIMIT);

/** The body of a submission: JSON, or the form of a web page. */
export const SUBMISSION_BODY: BodyRule = {
  limit: SINGLE_LIMIT,
  accepts: (type) => json.accepts(type) || FORMS.includes(type),
  expected: [json.expected, ...FORMS].join(", "),
  binary: true,
};

/** Whether the body is the form of a web page; JSON that is called one, as by curl, is none. */
export function isWebForm(call: Sent): boolean {
  return formOf(call) !== null;
}

/** What was submitted, key → value; of a file its name. Throws InvalidInput. */
export function submitted(call: Sent): Record<string, unknown> {
  const { bytes } = call;
  const form = formOf(call);
  if (form === null) return parseObject(decoded(bytes, "utf-8"));
  const fields = formData(form, contentType(call), bytes);
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, nameOfFile(value)]),
  );
}

function nameOfFile(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameOfFile);
  const isFile = typeof value === "object" && value !== null && "filename" in value;
  return isFile ? value.filename : value;
}

function formOf(call: Sent): "urlencoded" | "multipart" | null {
  const format = formatOf(contentType(call), call.bytes);
  return format === "urlencoded" || format === "multipart" ? format : null;
}

function contentType({ request }: Sent): string {
  return request.headers.get("content-type") ?? "";
}
