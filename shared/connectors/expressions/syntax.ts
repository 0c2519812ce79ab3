import jsonata from "jsonata";
import { columnOf, compileError, ExpressionError } from "./error.ts";
import { available, unavailable } from "./catalogue.ts";
import { LinearRegex } from "./linear-regex.ts";

const MAX_LENGTH = 16_000;
const MAX_NODES = 20_000;
const MAX_DEPTH = 500;
/** Characters that the copies which ?? and ?: make of their left side may come to. */
const MAX_COPIED = 256_000;
const MAX_BINDINGS = 8;
const MAX_REGEXES = 60;
/** The longest list that jsonata itself may build. */
const MAX_LIST = 10_000;

/** A node of jsonata's syntax tree: what is read of it here, by whatever name. */
interface Node {
  type?: unknown;
  value?: unknown;
  position?: unknown;
  [property: string]: unknown;
}

/** An expression that may be evaluated. */
export interface Syntax {
  expression: jsonata.Expression;
  /** Its regular expressions, by the names of the variables that stand for them in the tree. */
  regexes: Map<string, LinearRegex>;
  /** The first terms of its order-by clauses. */
  sortTerms: WeakSet<object>;
  /** Whether it groups, which can make jsonata write into its input. */
  groups: boolean;
}

/**
 * Parses an expression and checks that it only uses what can be bounded. Throws ExpressionError
 * with what is wrong and where.
 */
export function parseExpression(text: string): Syntax {
  if (text.length > MAX_LENGTH) {
    throw new ExpressionError(
      `An expression has at most ${MAX_LENGTH} characters; this one has ${text.length}.`,
    );
  }
  checkCopies(text);
  try {
    const expression = jsonata(text, { sequence: MAX_LIST });
    const nodes = nodesOf(expression.ast());
    checkNodes(nodes, text);
    return { expression, ...prepare(nodes, text) };
  } catch (error) {
    throw compileError(error, text);
  }
}

// The parser copies the left side of ?? and ?: as JSON, so each that is closed in a bracket on the
// left of another doubles the tree. Those that a bracket ends before are at least as many.
function checkCopies(text: string): void {
  let [doublings, bracket] = [0, false];
  for (const [token] of text.matchAll(/[)\]}]|\?[?:]/g)) {
    if (token.length === 1) bracket = true;
    else {
      if (bracket) doublings += 1;
      bracket = false;
    }
  }
  if (text.length * 2 ** doublings <= MAX_COPIED) return;
  throw new ExpressionError(
    "The expression has too many ?? and ?: for its length; use conditions or $exists.",
  );
}

function nodesOf(root: object): Node[] {
  const nodes = new Set<Node>();
  const open: [object, number][] = [[root, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth] = next;
    if (value instanceof RegExp || nodes.has(value as Node)) continue;
    if (depth > MAX_DEPTH) throw new ExpressionError("The expression nests too deeply.");
    nodes.add(value as Node);
    if (nodes.size > MAX_NODES) throw new ExpressionError("The expression is too large.");
    for (const part of Object.values(value)) {
      if (typeof part === "object" && part !== null) open.push([part, depth + 1]);
    }
  }
  return [...nodes].filter((node) => !Array.isArray(node));
}

function checkNodes(nodes: Node[], text: string): void {
  const names = boundNames(nodes);
  let bindings = 0;
  for (const node of nodes) {
    const column = columnOf(text, node.position, node.value);
    if (node.type === "lambda" && node.signature !== undefined) {
      throw new ExpressionError("Type signatures of functions are not supported", column);
    }
    if (node.type === "transform") {
      throw new ExpressionError(
        "Transforms |…|…| are not supported; build the object with {…} or $merge",
        column,
      );
    }
    if (node.type === "partial") {
      throw new ExpressionError(
        "Partial application f(?) is not supported; write function($x){ … }",
        column,
      );
    }
    if (node.type === "function") checkCall(node, text);
    if (node.type === "variable") checkVariable(node, names, text);
    if (node.type === "parent" || "focus" in node || typeof node.index === "string") bindings += 1;
    if (node.type === "index") bindings += 1;
  }
  if (bindings > MAX_BINDINGS) {
    throw new ExpressionError(`At most ${MAX_BINDINGS} uses of @, # and % are supported.`);
  }
  if (bindings > 0 && nodes.some((node) => "group" in node)) {
    throw new ExpressionError("Grouping with {…} cannot be used together with @, # or %.");
  }
}

// Scopes are not told apart: a name bound anywhere is known everywhere.
function boundNames(nodes: Node[]): Set<unknown> {
  const names = new Set<unknown>();
  for (const node of nodes) {
    if (node.type === "bind") names.add((node.lhs as Node).value);
    if (node.type === "lambda") {
      for (const { value } of node.arguments as Node[]) names.add(value);
    }
    if (node.type === "index") names.add(node.value);
    names.add(node.focus).add(node.index);
  }
  return names;
}

function checkCall(node: Node, text: string): void {
  const procedure = node.procedure as Node;
  const steps = procedure.steps as Node[] | undefined;
  const [step] = procedure.type === "path" && steps !== undefined ? steps : [];
  if (step?.type === "name") {
    throw new ExpressionError(
      `Functions are called with $, as in $${String(step.value)}(…)`,
      columnOf(text, step.position, step.value),
    );
  }
  if (procedure.value === "eval" && (node.arguments as Node[]).length > 1) {
    throw new ExpressionError(
      "$eval reads JSON: it takes one argument, the text",
      columnOf(text, procedure.position, "$eval"),
    );
  }
}

function checkVariable(node: Node, names: Set<unknown>, text: string): void {
  const name = String(node.value);
  if (name === "" || name === "$" || names.has(name) || available.has(name)) return;
  const column = columnOf(text, node.position, `$${name}`);
  throw new ExpressionError(unavailable(name), column);
}

function prepare(nodes: Node[], text: string): Omit<Syntax, "expression"> {
  const [regexes, sortTerms] = [new Map<string, LinearRegex>(), new WeakSet<object>()];
  const literals = nodes.filter((node) => node.type === "regex");
  if (literals.length > MAX_REGEXES) {
    throw new ExpressionError(`At most ${MAX_REGEXES} regular expressions are supported.`);
  }
  for (const { value, position } of literals) {
    if (!(value instanceof RegExp)) continue;
    const column = columnOf(text, position, `/${value.source}/${value.flags.replace("g", "")}`);
    regexes.set(regexName(position), compiled(value, column));
  }
  // No name in an expression has a slash. A copy made by ?? or ?: has lost its RegExp.
  for (const node of literals) Object.assign(node, regexVariable(node.position));
  for (const { type, terms } of nodes) {
    const [first] = type === "sort" ? terms as { expression: object }[] : [];
    if (first !== undefined) sortTerms.add(first.expression);
  }
  return { regexes, sortTerms, groups: nodes.some((node) => "group" in node) };
}

function compiled({ source, ignoreCase, multiline }: RegExp, column?: number): LinearRegex {
  try {
    return new LinearRegex(source, ignoreCase, multiline);
  } catch (error) {
    throw error instanceof ExpressionError ? new ExpressionError(error.message, column) : error;
  }
}

function regexName(position: unknown): string {
  return `/${String(position)}`;
}

function regexVariable(position: unknown): Node {
  return { type: "variable", value: regexName(position) };
}
