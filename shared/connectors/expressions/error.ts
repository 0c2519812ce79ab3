const MAX_MESSAGE = 300;
/** The mistakes of which jsonata gives the start: of all others, the end. */
const AT_START: ReadonlySet<unknown> = new Set(["S0102", "S0103", "S0104", "S0106"]);

/**
 * An expression that cannot be saved or evaluated. The message is for the API's user: what is wrong
 * and, where known, at which 1-based column (also in `position`). It may quote the expression and
 * the payload, at most 300 characters in all.
 */
export class ExpressionError extends Error {
  override name = "ExpressionError";
  constructor(message: string, readonly position?: number) {
    super(position === undefined ? shortened(message) : placed(message, position));
  }
}

function placed(message: string, position: number): string {
  return `${shortened(message).replace(/\.$/, "")} (column ${position}).`;
}

/** The 1-based column where a token of `text` starts, given the offset where jsonata says it ends. */
export function columnOf(text: string, end: unknown, token: unknown): number | undefined {
  if (typeof end !== "number" || !Number.isFinite(end)) return undefined;
  const width = typeof token === "string" || typeof token === "number" ? String(token).length : 0;
  const start = text.slice(end - width, end) === String(token) ? end - width : end - 1;
  return Math.min(Math.max(start + 1, 1), text.length + 1);
}

/** What jsonata, or this engine, threw while it read `text`. */
export function compileError(error: unknown, text: string): ExpressionError {
  if (error instanceof ExpressionError) return error;
  if (error instanceof RangeError) return new ExpressionError("The expression nests too deeply.");
  if (error instanceof SyntaxError) return new ExpressionError(`${error.message}.`);
  const { code, message, position, token } = fieldsOf(error);
  if (code === undefined) return new ExpressionError("The expression is not valid JSONata.");
  const end = AT_START.has(code) && typeof position === "number" ? position + 1 : position;
  const column = token === "(end)" ? text.length + 1 : columnOf(text, end, token);
  return new ExpressionError(readable(message), column);
}

/** What jsonata, or this engine, threw while it evaluated `text`. */
export function evaluationError(error: unknown, text: string): ExpressionError {
  // jsonata writes its own position into whatever is thrown through it.
  if (error instanceof ExpressionError) return new ExpressionError(error.message);
  if (error instanceof RangeError) {
    return new ExpressionError("The expression recurses too deeply or builds too large a value.");
  }
  const { code, message, position, token } = fieldsOf(error);
  if (code === undefined) {
    return new ExpressionError("The expression uses a value in a way that is not possible.");
  }
  if (code === "D2015") return new ExpressionError("The expression builds too long a list.");
  return new ExpressionError(readable(message), columnOf(text, position, token));
}

function fieldsOf(error: unknown): Partial<Record<string, unknown>> {
  return typeof error === "object" && error !== null ? { ...error } : {};
}

function readable(message: unknown): string {
  const text = typeof message === "string" ? message : "The expression is not valid.";
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function shortened(text: string): string {
  if (text.length <= MAX_MESSAGE) return text;
  return `${text.slice(0, MAX_MESSAGE - 60).toWellFormed()} … ${text.slice(-50).toWellFormed()}`;
}
