import { isLosslessNumber } from "lossless-json";
import { type FieldError, InvalidInput } from "./errors.ts";
import { pathText } from "./validation.ts";

/** Passes on a parsed value. Throws InvalidInput naming every text that PostgreSQL cannot store. */
export function storable<T>(value: T): T {
  if (isStorable(value)) return value;
  throw new InvalidInput([...unstorable(value, [])]);
}

/** Whether PostgreSQL can store every text of a parsed value. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return unstorableText(value) === null;
  if (typeof value !== "object" || value === null || isLosslessNumber(value)) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  return Object.entries(value).every(([key, inner]) =>
    unstorableText(key) === null && isStorable(inner)
  );
}

/** Why a text cannot be stored in PostgreSQL, or null when it can. */
export function unstorableText(text: string): string | null {
  if (text.startsWith("\ufeff")) return "Must not begin with a byte order mark (U+FEFF).";
  if (text.includes("\0")) return "Must not contain the NUL character (U+0000).";
  if (!text.isWellFormed()) return "Must be well-formed Unicode; it has half of a surrogate pair.";
  return null;
}

// Without NUL or a leading byte order mark, with U+FFFD for half of a pair.
function mendedText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "").replace(/^\ufeff+/, "");
}

/** JSON data whose keys and texts PostgreSQL can store, for what its sender cannot mend. */
export function mended(value: unknown): unknown {
  if (typeof value === "string") return mendedText(value);
  if (Array.isArray(value)) return value.map(mended);
  if (typeof value !== "object" || value === null || isLosslessNumber(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [mendedText(key), mended(inner)]),
  );
}

function* unstorable(value: unknown, path: PropertyKey[]): Generator<FieldError> {
  if (typeof value === "string") {
    const message = unstorableText(value);
    if (message !== null) yield { field: pathText(path), message };
  } else if (typeof value === "object" && value !== null && !isLosslessNumber(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (unstorableText(key) !== null) {
        yield { field: pathText(path) || "body", message: "Has a key that is not storable text." };
      }
      yield* unstorable(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }
}
