import type jsonata from "jsonata";
import { BoundedMap } from "../../memory/bounded-map.ts";
import { Budget } from "./budget.ts";
import { evaluationError, ExpressionError } from "./error.ts";
import { functionsFor, matcherFor } from "./functions.ts";
import { Run } from "./run.ts";
import { parseExpression, type Syntax } from "./syntax.ts";
import { plainResult } from "./values.ts";

export { Budget, ExpressionError };

/** A compiled expression. It keeps nothing between evaluations, which may run at the same time. */
export interface Expression {
  /**
   * What the expression gives for JSON data, as plain JSON data; undefined when it gives nothing.
   * Throws ExpressionError when it fails, or takes more than the budget has left.
   */
  evaluate(input: unknown, budget: Budget): Promise<unknown>;
}

// A name that no expression can write, since it has a space.
const RUN = "the run";

const compiled = new BoundedMap<string, Expression>(500);

/** Compiles a JSONata expression. Throws ExpressionError with what is wrong and at which column. */
export function compileExpression(text: string): Expression {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const syntax = parseExpression(text);
  watch(syntax);
  const expression = { evaluate: evaluator(text, syntax) };
  compiled.set(text, expression);
  return expression;
}

function evaluator(text: string, syntax: Syntax): Expression["evaluate"] {
  return async (input, budget) => {
    const run = new Run(budget);
    try {
      return await run.go(async () => {
        const bindings: Record<string, unknown> = { ...functionsFor(run), [RUN]: run };
        for (const [name, regex] of syntax.regexes) bindings[name] = matcherFor(regex, run);
        const data = syntax.groups ? budget.freshInput(input) : budget.input(input);
        return plainResult(await syntax.expression.evaluate(data, bindings));
      });
    } catch (error) {
      throw evaluationError(error, text);
    }
  };
}

function watch({ expression, sortTerms }: Syntax): void {
  const entering = (node: object, _input: unknown, environment: jsonata.Environment) => {
    const run = runOf(environment);
    run.enter();
    if (sortTerms.has(node)) run.compare();
    return run.step();
  };
  const leaving = (
    node: jsonata.ExprNode,
    _input: unknown,
    environment: jsonata.Environment,
    result: unknown,
  ) => {
    const run = runOf(environment);
    run.leave();
    // Other texts are parts of the input, or of a function's result that was counted.
    if (typeof result !== "string" || node.type === "binary") run.budget.admit(result);
  };
  assign(expression, "jsonata.__evaluate_entry", entering);
  assign(expression, "jsonata.__evaluate_exit", leaving);
}

function runOf(environment: jsonata.Environment): Run {
  const run: unknown = environment.lookup(RUN);
  if (run instanceof Run) return run;
  throw new ExpressionError("The expression was stopped.");
}

// The types of jsonata leave out that names may be symbols.
function assign(expression: jsonata.Expression, symbol: string, callback: unknown): void {
  Reflect.apply(expression.assign, expression, [Symbol.for(symbol), callback]);
}
