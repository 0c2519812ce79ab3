import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";
import type { Json } from "./api-client.ts";
import { type Example, readmeExamples } from "./readme.ts";
import { afterwards, asOwner, testWorkspace } from "./workspace.ts";

/** What a program prints; when it fails, all that it printed is the error. */
async function printed(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const run = promisify(execFile)(program, args, { env });
  const { stdout } = await run.catch((error: Error & { stdout: string; stderr: string }) => {
    throw new Error(error.stdout + error.stderr);
  });
  return stdout;
}

/** Runs an example against a gateway that listens on a port, and answers what it prints. */
export async function runExample(
  { language, code }: Pick<Example, "language" | "code">,
  { port }: { port: number },
): Promise<string> {
  const { key } = await testWorkspace();
  const address = `http://127.0.0.1:${port}/functions/v1`;
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

/** The JSON documents that the examples of a kind print one after another, in the workspace of a slug. */
export async function printedDocuments(
  kind: string,
  gateway: { port: number },
  slug = "acme",
): Promise<Json[]> {
  return documentsIn(await printedIn(slug, kind, gateway));
}

/** The JSON documents in a text, one after another. */
export function documentsIn(text: string): Json[] {
  return text.slice(text.indexOf("{")).split(/(?<=\})\s*(?=\{)/).map((one) => JSON.parse(one));
}

/** What the examples of a kind print, all in one shell, in the workspace of a slug in place of acme. */
export async function printedIn(
  slug: string,
  kind: string,
  gateway: { port: number },
): Promise<string> {
  const insert =
    "insert into crm.workspaces (slug, name) values ($1, 'Acme') on conflict do nothing";
  await asOwner(insert, [slug]);
  const code = readmeExamples(kind).map((example) => example.code).join("\n\n");
  const inWorkspace = code.replaceAll(/\bacme\b(?!\.)/g, slug);
  return await runExample({ language: "sh", code: inWorkspace }, gateway);
}
