type Format = "json" | "urlencoded" | "multipart";

/** Whether a connector reads bodies of this Content-Type: JSON or a form. */
export function isDeliverable(contentType: string | null): boolean {
  return formatOf(contentType ?? "") !== undefined;
}

/** The format of a body that a connector reads, by its Content-Type; undefined for any other. */
export function formatOf(contentType: string): Format | undefined {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json" || /^application\/[\w.-]+\+json$/.test(type)) return "json";
  if (type === "application/x-www-form-urlencoded") return "urlencoded";
  return type === "multipart/form-data" ? "multipart" : undefined;
}
