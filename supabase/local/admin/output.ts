import { printable } from "./refusal.ts";

/** Lines with their cells in columns two spaces apart; without rows only the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => [...row[column] ?? ""].length))
  );
  return cells.map((row) =>
    row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - [...cell].length))
      .join("  ").trimEnd()
  ).join("\n");
}

/** Each line of the text in lines of at most 95 characters, as far as its words allow. */
export function wrapped(text: string): string {
  return text.split("\n").map((line) => line.replace(/(.{1,95})(?: |$)/g, "$1\n").trimEnd())
    .join("\n");
}

/** A time of the database, RFC 3339 in UTC, to the second. */
export function shortTime(time: string): string {
  return time.replace(/\.\d+Z$/, "Z");
}

/** The value with its fields in snake_case, as the API has them. */
export function forScripts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forScripts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [
      field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      forScripts(content),
    ]),
  );
}
