import { isSafeNumber, LosslessNumber, parse } from "lossless-json";
import { type FieldError, InvalidInput } from "../crm/errors.ts";
import { pathText } from "../crm/validation.ts";

const MAX_DEPTH = 32;

/**
 * Parses a JSON object strictly (RFC 8259): no key twice with two values, only numbers that a
 * double holds exactly, only text that PostgreSQL can store. Throws InvalidInput with the place of each mistake.
 */
export function parseObject(body: string): Record<string, unknown> {
  if (body.trim() === "") throw invalid("Must be a JSON object; it is empty.");
  const value = parseStrictly(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`Must be a JSON object; it is ${describe(value)}.`);
  }
  const mistakes = [...unstorable(value, [])];
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return value as Record<string, unknown>;
}

/** Why a text cannot be stored in PostgreSQL, or null when it can. */
export function unstorableText(text: string): string | null {
  if (text.includes("\0")) return "Must not contain the NUL character (U+0000).";
  if (!text.isWellFormed()) return "Must be well-formed Unicode; it has half of a surrogate pair.";
  return null;
}

function parseStrictly(body: string): unknown {
  try {
    return parse(body, undefined, { parseNumber, onDuplicateKey });
  } catch (error) {
    if (error instanceof RangeError) throw invalid("Is nested too deeply.");
    if (error instanceof SyntaxError) throw invalid(`Must be valid JSON: ${error.message}.`);
    throw error;
  }
}

function parseNumber(literal: string): number | LosslessNumber {
  return isSafeNumber(literal) ? Number(literal) : new LosslessNumber(literal);
}

function onDuplicateKey({ key, position }: { key: string; position: number }): never {
  throw new SyntaxError(`duplicate key "${key.slice(0, 100)}" at position ${position}`);
}

function* unstorable(value: unknown, path: PropertyKey[]): Generator<FieldError> {
  if (path.length > MAX_DEPTH) {
    yield { field: "body", message: `Must be nested at most ${MAX_DEPTH} levels deep.` };
  } else if (typeof value === "string") {
    const message = unstorableText(value);
    if (message !== null) yield { field: pathText(path), message };
  } else if (value instanceof LosslessNumber) {
    const literal = value.value.length > 40 ? `${value.value.slice(0, 40)}…` : value.value;
    yield { field: pathText(path), message: `The number ${literal} is too large or too precise.` };
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (unstorableText(key) !== null) {
        yield { field: pathText(path) || "body", message: "Has a key that is not storable text." };
      }
      yield* unstorable(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  }
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "body", message }]);
}
