type Format = "json" | "urlencoded" | "multipart";

// What senders say of JSON that cannot be told otherwise, beside the registered type.
const JSON_TYPES = /^(?:application|text)\/(?:x-)?json$|^application\/[\w.-]+\+json$/;
// What says nothing of the body: a library's default, or no header at all.
const UNTOLD = new Set([
  "",
  "text/plain",
  "application/octet-stream",
  "binary/octet-stream",
  "*/*",
]);

/** Whether a connector reads bodies of this Content-Type: JSON or a form, or one that says neither. */
export function isDeliverable(contentType: string | null): boolean {
  const type = mediaType(contentType ?? "");
  return UNTOLD.has(type) || toldFormat(type) !== undefined;
}

/**
 * The format of a body that a connector reads, by its Content-Type, or by how it begins where that does
 * not say; undefined when it is none. JSON that is called a form, as curl does, is JSON.
 */
export function formatOf(contentType: string, body: Uint8Array): Format | undefined {
  const type = mediaType(contentType);
  const told = toldFormat(type);
  if (told === "json" || told === "multipart") return told;
  if (told === undefined && !UNTOLD.has(type)) return undefined;
  const start = new TextDecoder("latin1").decode(body.subarray(0, 100)).replace(/^ï»¿/, "").trim();
  if (/^(?:\{\s*["}]|\[\s*[[{"\]])/.test(start)) return "json";
  return told ?? (/^[^\s=&]{1,99}=/.test(start) ? "urlencoded" : undefined);
}

function mediaType(contentType: string): string {
  return contentType.split(";")[0]?.trim().toLowerCase() ?? "";
}

function toldFormat(type: string): Format | undefined {
  if (JSON_TYPES.test(type)) return "json";
  if (type === "application/x-www-form-urlencoded") return "urlencoded";
  return type === "multipart/form-data" ? "multipart" : undefined;
}
