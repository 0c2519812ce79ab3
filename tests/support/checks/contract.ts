import { join } from "node:path";
import { withContractFile } from "../../client/contract-file.ts";
import { program, type Step } from "./steps.ts";

const QUIET = ["REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true"];

/** Lints the contract as it would be published, with the strict rules of redocly.yaml. */
export function contractLint(root: string): Step {
  const linter = join(root, "node_modules/.bin/redocly");
  const config = `--config=${join(root, "tests/support/redocly.yaml")}`;
  const lint = (file: string) =>
    program("contract", "env", [...QUIET, linter, "lint", file, config], root).run();
  return { name: "contract", run: () => withContractFile(lint) };
}
