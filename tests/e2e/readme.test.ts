import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { readmeExamples } from "../support/readme.ts";
import { afterwards, asOwner, testWorkspace } from "../support/workspace.ts";

const run = promisify(execFile);

async function runExample({ language, code }: { language: string; code: string }): Promise<string> {
  const { key } = await testWorkspace();
  const env = {
    ...process.env,
    DATABASE_URL: inject("adminUrl"),
    LUMENBASE_URL: `${inject("gatewayUrl")}/functions/v1`,
    LUMENBASE_KEY: await key(),
  };
  if (language === "sh") {
    return (await run("bash", ["-euo", "pipefail", "-c", code], { env })).stdout;
  }
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-readme-"));
  afterwards(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "example.mts"), code);
  return (await run("node_modules/.bin/tsx", [join(folder, "example.mts")], { env })).stdout;
}

const examples = readmeExamples("run");

test("the README has examples to run", () => {
  expect(examples.map(({ language }) => language)).toEqual(["sh", "ts", "sh", "sh", "sh", "sh"]);
});

test.each(examples)("$title", async (example) => {
  // The README's workspace can be made once; a run that was cut short may have left it.
  await asOwner("delete from crm.workspaces where slug = 'acme'");
  const output = await runExample(example);
  expect(output).toMatch(/"success":true|is new|lb_live_|"openapi": "3\.1/);
  expect(output).not.toContain('"success":false');
});
