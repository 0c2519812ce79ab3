import { isSafeNumber, parse } from "lossless-json";
import { InvalidInput } from "../refusals/errors.ts";

const MAX_DEPTH = 32;
const TOO_DEEP = `Must be nested at most ${MAX_DEPTH} levels deep.`;

/**
 * Parses JSON strictly (RFC 8259): no key twice, at most 32 levels deep. `inexact` gives the value
 * of a number that a double does not hold exactly. Throws InvalidInput for the field `body`.
 */
export function parseJson(text: string, inexact: (digits: string) => unknown): unknown {
  const plain = plainJson(text);
  if (plain !== undefined) return plain;
  const parseNumber = (digits: string) => isSafeNumber(digits) ? Number(digits) : inexact(digits);
  try {
    const value = parse(text, undefined, {
      parseNumber,
      onDuplicateKey: ({ newValue }) => newValue,
    });
    checkStructure(text);
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw invalid(TOO_DEEP);
    if (error instanceof SyntaxError) throw invalid(`Must be valid JSON: ${error.message}.`);
    throw error;
  }
}

// What the engine's own parser, many times as fast, reads as it is meant: written again, it is the same
// text, so no key came twice and no digit was lost. Undefined when that is not certain.
function plainJson(text: string): unknown {
  try {
    const value = JSON.parse(text);
    return isPlain(value, MAX_DEPTH) && JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "number") return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  return Object.values(value).every((inner) => isPlain(inner, depth - 1));
}

/** A text or bracket of a JSON document. */
interface Token {
  token: string;
  /** The key that the text is, unescaped. */
  key: string | undefined;
  /** How many brackets are open after it. */
  depth: number;
  /** Where it ends, a key after its colon. */
  end: number;
}

/** The texts and brackets of valid JSON, in order. A text before a colon is a key. */
export function* jsonTokens(json: string): Generator<Token> {
  let depth = 0;
  for (const match of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    const [{ length }, text, colon] = match;
    const token = text ?? match[0];
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    const key = text !== undefined && colon !== undefined ? JSON.parse(text) as string : undefined;
    yield { token, key, depth, end: match.index + length };
  }
}

// The parser lets a key come twice with the same value, and nests as deep as the stack allows.
function checkStructure(json: string): void {
  const open: Set<string>[] = [];
  for (const { token, key, depth } of jsonTokens(json)) {
    if (depth > MAX_DEPTH) throw invalid(TOO_DEEP);
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (key !== undefined) {
      if (open.at(-1)?.has(key)) {
        throw invalid(`Must be valid JSON: duplicate key "${key.slice(0, 100)}".`);
      }
      open.at(-1)?.add(key);
    }
  }
}

function invalid(message: string): InvalidInput {
  return new InvalidInput([{ field: "body", message }]);
}
