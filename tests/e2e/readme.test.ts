import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { type Example, readmeExamples } from "../support/readme.ts";
import { afterwards, testWorkspace } from "../support/workspace.ts";

/** What a program prints; when it fails, all that it printed is the error. */
async function printed(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const run = promisify(execFile)(program, args, { env });
  const { stdout } = await run.catch((error: Error & { stdout: string; stderr: string }) => {
    throw new Error(error.stdout + error.stderr);
  });
  return stdout;
}

let gateway: Gateway;

// The URL of a connector has to work as it is told, so this gateway tells its own.
beforeAll(async () => {
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT, LUMENBASE_PUBLIC_URL: "" };
  gateway = await startGateway({ apiUrl: inject("apiUrl"), port: 0, env });
});
afterAll(() => gateway?.stop());

async function runExample({ language, code }: Pick<Example, "language" | "code">): Promise<string> {
  const { key } = await testWorkspace();
  const address = `http://127.0.0.1:${gateway.port}/functions/v1`;
  const env = {
    ...process.env,
    DATABASE_URL: inject("adminUrl"),
    LUMENBASE_PUBLIC_URL: address,
    LUMENBASE_URL: address,
    LUMENBASE_KEY: await key(),
  };
  if (language === "sh") {
    return await printed("bash", ["-euo", "pipefail", "-c", code], env);
  }
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-readme-"));
  afterwards(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "example.mts"), code);
  return await printed("node_modules/.bin/tsx", [join(folder, "example.mts")], env);
}

const examples = readmeExamples("run");
const providers = readmeExamples("provider").map(({ language, code }) => {
  const presets = code.matchAll(/"preset": "(\w+)"|for preset in (.+);/g);
  return { language, code, presets: Array.from(presets, ([, one, some]) => one ?? some).join(" ") };
});
const [helper] = readmeExamples("helper");

test("the README has examples to run", () => {
  expect(examples.map(({ language }) => language)).toEqual(
    ["sh", "ts", "sh", "sh", "sh", "sh", "sh", "sh", "sh", "sh"],
  );
  expect(providers.map(({ presets }) => presets).join(" ")).toBe(
    "typeform tally jotform gravity_forms webflow hubspot_workflow hubspot_app meta_lead_ads " +
      "google_ads zapier make",
  );
});

test.each(examples)("$title", async (example) => {
  const output = await runExample(example);
  expect(output).toMatch(/"success":true|is new|lb_live_|lb_hook_|"openapi": "3\.1/);
  expect(output).not.toContain('"success":false');
});

describe("a provider's example shows what comes of it:", () => {
  test.each(providers)("$presets", async ({ language, code }) => {
    const output = await runExample({ language, code: `${helper?.code}\n${code}` });
    const promised = Array.from(code.matchAll(/^# (.+)$/gm), ([, line]) => line);
    expect(promised).not.toEqual([]);
    for (const line of promised) expect(output).toContain(line);
    expect(output).not.toContain('"success":false');
  });
});
