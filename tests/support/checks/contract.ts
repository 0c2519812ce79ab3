import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withContractFile } from "../../client/contract-file.ts";
import { program, type Step } from "./steps.ts";

const QUIET = ["REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true"];

/** Lints each API's contract as it would be published, with the strict rules of redocly.yaml. */
export function contractLints(root: string): Step[] {
  const linter = join(root, "node_modules/.bin/redocly");
  const config = `--config=${join(root, "tests/support/redocly.yaml")}`;
  return publishers(root).map((name) => {
    const lint = (file: string) =>
      program(name, "env", [...QUIET, linter, "lint", file, config], root).run();
    const run = async () => {
      const module = join(root, "functions", name, "contract.ts");
      const { contract } = await import(pathToFileURL(module).href);
      return await withContractFile(lint, contract);
    };
    return { name: `contract of ${name}`, run };
  });
}

/** The functions that publish a contract. */
function publishers(root: string): string[] {
  return readdirSync(join(root, "functions")).toSorted()
    .filter((name) => existsSync(join(root, "functions", name, "contract.ts")));
}
