import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { architectureProblems, CONSOLE } from "./checks/architecture.ts";
import { castProblems } from "./checks/casts.ts";
import { contractLints } from "./checks/contract.ts";
import { functionConfigProblems } from "./checks/function-config.ts";
import { packageProblems } from "./checks/packages.ts";
import { routeProblems } from "./checks/routes.ts";
import { sourceFiles } from "./checks/source-files.ts";
import { program, runSteps, type Step } from "./checks/steps.ts";
import { denoBinary } from "./deno.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const steps: Step[] = [
  program("format", denoBinary, ["fmt", "--check"], ROOT),
  program("lint", tool("oxlint"), ["--deny-warnings"], ROOT),
  program("types in Node", tool("tsc"), [], ROOT),
  program("types in Deno", denoBinary, ["check", ...filesForDeno()], ROOT),
  program("dead code", tool("knip"), ["--no-progress"], ROOT),
  own("deno.json against package.json", packageProblems),
  own("config.toml against functions/", functionConfigProblems),
  own("architecture", architectureProblems),
  own("casts", castProblems),
  own("routes", routeProblems),
  ...contractLints(ROOT),
];

process.exitCode = await runSteps(steps, console.log) === 0 ? 0 : 1;

function tool(name: string): string {
  return join(ROOT, "node_modules/.bin", name);
}

function own(name: string, problemsIn: (root: string) => string[] | Promise<string[]>): Step {
  return { name, run: () => Promise.resolve(ROOT).then(problemsIn) };
}

function filesForDeno(): string[] {
  const deployed = sourceFiles(ROOT, ["functions", "shared"]).map(({ path }) => path)
    .filter((path) => !path.startsWith(CONSOLE));
  const support = ["boot-function", "edge-runtime-gateway", "providers/deno-mailer"]
    .map((name) => `tests/support/${name}.ts`).concat("tests/support/deno-check.d.ts");
  const gateways = ["supabase/local/gateway.ts", "tests/faults/shifted-gateway.ts"];
  return [...deployed, ...gateways, ...support];
}
