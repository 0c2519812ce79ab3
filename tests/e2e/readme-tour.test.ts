import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { stopWithParent } from "../../supabase/local/child-process.ts";
import { quietPort } from "../support/quiet-port.ts";
import { readmeExamples } from "../support/readme.ts";
import { startStack } from "../support/stack.ts";
import { afterwards } from "../support/workspace.ts";

const LEADHUB_PAGE = "shared/dialects/leadhub/README.md";

test("the tour leads from a form to a webhook that its receiver verifies", async () => {
  const stack = await startStack({ env: { OUTBOUND_PRIVATE_NETWORKS: "127.0.0.1/32" } });
  afterwards(async () => void await stack.stop());
  const tour = readmeExamples("tour");
  expect(new Set(tour.map(({ page }) => page))).toEqual(new Set([LEADHUB_PAGE]));
  const output = await typed(tour.map(({ code }) => code).join("\n"), {
    LUMENBASE_DATA_DIR: stack.dataDir,
    LUMENBASE_URL: stack.baseUrl,
    RECEIVER_URL: `http://127.0.0.1:${await quietPort()}/`,
  });
  const [promised = ""] = readmeExamples("tour prints").map(({ code }) => code);
  const told = () => output().match(/^.*(Verified|Refused).*$/gm)?.toSorted() ?? [];
  await expect.poll(() => told().length).toBe(2);
  expect(told().map((line) => line.replace(/^.*(?=Verified)/, ""))).toEqual(
    promised.split("\n").toSorted(),
  );
});

/** Has a shell do what somebody types; answers what it and what it leaves running have printed. */
async function typed(code: string, env: NodeJS.ProcessEnv): Promise<() => string> {
  const shell = spawn("bash", ["-euo", "pipefail", "-c", code], {
    env: { ...process.env, DATABASE_URL: "", ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  stopWithParent(shell, "TERM", true);
  afterwards(async () => void process.kill(-(shell.pid ?? 0), "SIGTERM"));
  let output = "";
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output += text);
  }
  const status = await new Promise((resolve) => shell.once("exit", resolve));
  expect(status, output).toBe(0);
  return () => output;
}
