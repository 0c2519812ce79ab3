import { expect, test } from "vitest";
import { projectRoot } from "../../supabase/local/paths.ts";
import { program, runSteps, type Step } from "../support/checks/steps.ts";

function node(code: string): Step {
  return program(code, process.execPath, ["-e", code], projectRoot);
}

test("every step runs, and only a failed one is heard", async () => {
  const lines: string[] = [];
  const steps = [
    node("console.log('unheard')"),
    node("console.error('heard'); process.exit(3)"),
    node("process.exit(1)"),
    { name: "throws", run: () => Promise.reject(new Error("broken")) },
    { name: "last", run: () => Promise.resolve([]) },
  ];
  expect(await runSteps(steps, (line) => lines.push(line))).toBe(3);
  expect(lines).toEqual([
    "ok      console.log('unheard')",
    "failed  console.error('heard'); process.exit(3)",
    "        heard",
    "failed  process.exit(1)",
    "        It ended with 1 and said nothing.",
    "failed  throws",
    "        broken",
    "ok      last",
  ]);
});
