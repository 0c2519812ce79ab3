import { isLosslessNumber, isSafeNumber, LosslessNumber, parse } from "lossless-json";
import { type FieldError, InvalidInput } from "../crm/errors.ts";
import { pathText, typeName } from "../crm/validation.ts";

const MAX_DEPTH = 32;
const TOO_DEEP = `Must be nested at most ${MAX_DEPTH} levels deep.`;

/**
 * Parses a JSON object strictly (RFC 8259): no key twice, at most 32 levels deep. A number that a
 * double does not hold exactly comes as LosslessNumber. Throws InvalidInput with the place of each mistake.
 */
export function parseObject(body: string): Record<string, unknown> {
  if (body.trim() === "") throw invalid("Must be a JSON object; it is empty.");
  const value = parseStrictly(body);
  checkStructure(body);
  if (
    typeof value !== "object" || value === null || Array.isArray(value) || isLosslessNumber(value)
  ) {
    throw invalid(`Must be a JSON object; it is ${typeName(value)}.`);
  }
  return value as Record<string, unknown>;
}

/** Passes on a parsed value. Throws InvalidInput naming every text that PostgreSQL cannot store. */
export function storable<T>(value: T): T {
  const mistakes = [...unstorable(value, [])];
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return value;
}

/** Why a text cannot be stored in PostgreSQL, or null when it can. */
export function unstorableText(text: string): string | null {
  if (text.startsWith("\ufeff")) return "Must not begin with a byte order mark (U+FEFF).";
  if (text.includes("\0")) return "Must not contain the NUL character (U+0000).";
  if (!text.isWellFormed()) return "Must be well-formed Unicode; it has half of a surrogate pair.";
  return null;
}

function parseStrictly(body: string): unknown {
  try {
    return parse(body, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
  } catch (error) {
    if (error instanceof RangeError) throw invalid(TOO_DEEP);
    if (error instanceof SyntaxError) throw invalid(`Must be valid JSON: ${error.message}.`);
    throw error;
  }
}

function parseNumber(literal: string): number | LosslessNumber {
  return isSafeNumber(literal) ? Number(literal) : new LosslessNumber(literal);
}

// The parser lets a key come twice with the same value, and nests as deep as the stack allows. In
// valid JSON, a text before a colon is a key.
function checkStructure(body: string): void {
  const open: Set<string>[] = [];
  for (const [token, text, colon] of body.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (text !== undefined && colon !== undefined) {
      const key = JSON.parse(text) as string;
      if (open.at(-1)?.has(key)) {
        throw invalid(`Must be valid JSON: duplicate key "${key.slice(0, 100)}".`);
      }
      open.at(-1)?.add(key);
    }
    if (open.length > MAX_DEPTH) throw invalid(TOO_DEEP);
  }
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

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "body", message }]);
}
