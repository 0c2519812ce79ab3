import { SINGLE_LIMIT } from "../../http/body.ts";
import type { BodyRule } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { formData } from "../../formats/form-data.ts";
import { parseObject } from "../../formats/json.ts";
import { decoded } from "../../formats/multipart.ts";

const FORMS: Readonly<Record<string, "urlencoded" | "multipart">> = {
  "application/x-www-form-urlencoded": "urlencoded",
  "multipart/form-data": "multipart",
};

/** The body of a submission: JSON, or what the form of a web page sends. */
export const SUBMISSION_BODY: BodyRule = {
  limit: SINGLE_LIMIT,
  accepts: (type) =>
    Object.hasOwn(FORMS, type) || /^application\/(?:json|[\w.-]+\+json)$/.test(type),
  expected: ["application/json", ...Object.keys(FORMS)].join(", "),
  binary: true,
};

/** Whether a request has the form of a web page as its body. */
export function isWebForm({ headers }: Request): boolean {
  return formatOf(headers) !== undefined;
}

/** What was submitted, key → value; of a file its name. Throws InvalidInput. */
export function submitted({ request, bytes }: Call): Record<string, unknown> {
  const format = formatOf(request.headers);
  if (format === undefined) return parseObject(decoded(bytes, "utf-8"));
  const fields = formData(format, request.headers.get("content-type") ?? "", bytes);
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, nameOfFile(value)]),
  );
}

function nameOfFile(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameOfFile);
  return typeof value === "object" && value !== null && "filename" in value
    ? value.filename
    : value;
}

function formatOf(headers: Headers): "urlencoded" | "multipart" | undefined {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  return Object.hasOwn(FORMS, type) ? FORMS[type] : undefined;
}
