import { spawn } from "node:child_process";

/** What a step found: an empty list of problems is a success. */
export interface Step {
  name: string;
  run(): Promise<string[]>;
}

/**
 * Runs every step, also after one has failed, and prints a line for each; what a step has to say is
 * shown only when it failed. Gives the number of failed steps.
 */
export async function runSteps(
  steps: readonly Step[],
  print: (line: string) => void,
): Promise<number> {
  const running = steps.map((step) => ({ step, problems: outcome(step) }));
  let failed = 0;
  for (const { step, problems } of running) {
    // They all run already; waiting in turn keeps their order.
    const found = await problems;
    if (found.length > 0) failed++;
    print(`${found.length > 0 ? "failed" : "ok    "}  ${step.name}`);
    for (const problem of found) print(problem.replace(/^/gm, "        "));
  }
  return failed;
}

/** A step that runs a program, which fails by its exit code. */
export function program(name: string, file: string, args: readonly string[], cwd: string): Step {
  return {
    name,
    run: () =>
      new Promise((resolve, reject) => {
        const env = { ...process.env, NO_COLOR: "1", RUST_BACKTRACE: "0" };
        const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
        const output: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
        child.once("error", reject);
        child.once("close", (code) => {
          const text = Buffer.concat(output).toString().trimEnd();
          resolve(code === 0 ? [] : [text || `It ended with ${code} and said nothing.`]);
        });
      }),
  };
}

async function outcome(step: Step): Promise<string[]> {
  try {
    return await step.run();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
