import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import {
  Budget,
  compileExpression,
  ExpressionError,
} from "../../shared/connectors/expressions/expression.ts";
import { passTurn, takeTurn } from "../../shared/connectors/expressions/turns.ts";
import { denoBinary } from "../support/deno.ts";
import { HOSTILE } from "../support/hostile-expressions.ts";
import { patientBudget } from "../support/patient-budget.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const HEAP = "--max-old-space-size=128";
// The time is that of a quick test; on a busy machine it would be over before another bound is met.
const RUN = `
  (async () => {
    const { HOSTILE } = await import("./tests/support/hostile-expressions.ts");
    const { Budget, compileExpression, ExpressionError } = await import(
      "./shared/connectors/expressions/expression.ts"
    );
    const outcomes = [];
    for (const [input, expression, stopped] of HOSTILE) {
      const budget = new Budget({ milliseconds: stopped.includes("500 ms") ? 500 : 30_000 });
      const message = await compileExpression(expression).evaluate(input, budget).then(
        () => null,
        (error) => error instanceof ExpressionError ? error.message : String(error.stack),
      );
      outcomes.push({ expression, message });
    }
    const peak = globalThis.Deno?.memoryUsage().rss ?? process.resourceUsage().maxRSS * 1024;
    console.log(JSON.stringify({ outcomes, megabytes: peak / 2 ** 20 }));
  })();
`;
const FOR_EVER = "($f := function($n){ $f($n + 1) }; $f(0))";

function evaluate(expression: string, budget = patientBudget(), input: unknown = {}) {
  return compileExpression(expression).evaluate(input, budget);
}

async function report(program: string, args: string[]) {
  const options = { cwd: PROJECT, maxBuffer: 10_000_000 };
  const { stdout } = await promisify(execFile)(program, args, options);
  const { outcomes, megabytes } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  return { outcomes, megabytes };
}

// A heap of 128 MB: whatever builds more ends the process, and with it the test.
test.each([
  ["Node", process.execPath, [HEAP, "--import", "tsx", "--eval", RUN]],
  ["Deno", denoBinary, ["eval", `--v8-flags=${HEAP}`, RUN]],
])("%s stops each hostile expression, in little memory", async (_, program, args) => {
  const { outcomes, megabytes } = await report(program, args);
  expect(megabytes).toBeLessThan(256);
  expect(outcomes).toEqual(HOSTILE.map(([, expression, message]) => ({
    expression,
    message: expect.stringMatching(message),
  })));
});

describe("while one runs for ever", () => {
  test("other work goes on", async () => {
    let tasks = 0;
    const timer = setInterval(() => {
      tasks += 1;
    }, 1);
    await expect(evaluate(FOR_EVER)).rejects.toThrow(ExpressionError);
    clearInterval(timer);
    expect(tasks).toBeGreaterThan(5);
  });

  test("other expressions are evaluated", async () => {
    const ended: string[] = [];
    const hostile = evaluate(FOR_EVER).catch(() => ended.push("hostile"));
    const others = Array.from({ length: 20 }, async (_, index) => {
      expect(await evaluate("$sum([1..n])", patientBudget(), { n: index })).toBe(
        index * (index + 1) / 2,
      );
      ended.push("other");
    });
    await Promise.all([hostile, ...others]);
    expect(ended).toEqual([...others.map(() => "other"), "hostile"]);
  });

  test("another waits for its turn, so the time of one is not taken from another", async () => {
    await takeTurn();
    const ended: unknown[] = [];
    const waiting = evaluate("1").then((value) => ended.push(value));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(ended).toEqual([]);
    passTurn();
    await waiting;
    expect(ended).toEqual([1]);
  });
});

describe("a budget", () => {
  test("counts steps of all its expressions", async () => {
    const budget = patientBudget({ steps: 1_000 });
    await evaluate("[1..150].($)", budget);
    await expect(evaluate("[1..400].($)", budget)).rejects.toThrow("more than 1000 steps");
    await expect(evaluate("1", budget)).rejects.toThrow("more than 1000 steps");
  });

  test("counts what all its expressions build", async () => {
    const budget = patientBudget({ bytes: 10_000 });
    await evaluate("$uppercase($pad('', 1000, 'a'))", budget);
    await expect(evaluate("$pad('', 4000, 'a')", budget)).rejects.toThrow("too much data");
  });

  test("counts time that is spent running only", async () => {
    const budget = new Budget({ milliseconds: 2_000 });
    for (let waits = 0; waits < 3; waits += 1) {
      await evaluate("1", budget);
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    expect(await evaluate("1", budget)).toBe(1);
  });
});

test("what goes on beside a failure is stopped with it", async () => {
  const budget = new Budget({ steps: 100_000_000, milliseconds: 10_000 });
  await expect(evaluate(`[$error("first"), ${FOR_EVER}]`, budget)).rejects.toThrow("first");
  // Were it still running, the next one would wait for its turn, and then for its end.
  expect(await evaluate("1")).toBe(1);
  expect(await evaluate("1", budget)).toBe(1);
});

test("a callback that never answers does not keep others from their turn", async () => {
  const waits = "($f := function($c){ {'then': $c} }; $f(function($a, $b){ 1 }))";
  await expect(evaluate(waits)).rejects.toThrow("never comes");
  expect(await evaluate("1")).toBe(1);
});
