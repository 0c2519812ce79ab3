import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { quietPort } from "../support/quiet-port.ts";
import { copyProject, runScript, startStack, temporaryFolder } from "../support/stack.ts";

const app = (text: string) =>
  `import { text } from "../../shared/word.ts";
   export default { fetch: () => new Response(text + " ${text}") };`;

/** The answer to a request, or null while a gateway that loads again leaves it without one. */
async function answerOf(url: string): Promise<{ status: number; text: string } | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}

async function eventually(url: string, text: string): Promise<void> {
  await expect.poll(() => answerOf(url)).toMatchObject({ text });
}

test("npm run dev serves a changed function, a changed shared file and a new function", async () => {
  const project = await copyProject();
  onTestFinished(() => rm(project, { recursive: true }));
  const functionFile = async (name: string, source: string) => {
    await mkdir(join(project, "functions", name), { recursive: true });
    await writeFile(join(project, "functions", name, "index.ts"), source);
  };
  const word = (text: string) =>
    writeFile(join(project, "shared/word.ts"), `export const text = "${text}";\n`);
  await word("hello");
  await functionFile("greet", app("world"));

  const env = { PORT: String(await quietPort()) };
  const stack = await startStack({ script: "dev", cwd: project, env });
  await eventually(`${stack.baseUrl}/greet`, "hello world");
  await functionFile("greet", app("moon"));
  await eventually(`${stack.baseUrl}/greet`, "hello moon");
  await word("good night");
  await eventually(`${stack.baseUrl}/greet`, "good night moon");
  await functionFile("other", app("sun"));
  await eventually(`${stack.baseUrl}/other`, "good night sun");

  await functionFile("other", "this is not TypeScript");
  await eventually(`${stack.baseUrl}/greet`, "good night moon");
  await expect.poll(() => answerOf(`${stack.baseUrl}/other`)).toMatchObject({ status: 500 });
  await functionFile("other", app("stars"));
  await eventually(`${stack.baseUrl}/other`, "good night stars");
  expect(await stack.stop()).toBe(0);
});

async function reset(
  dataDir: string,
  ...args: string[]
): Promise<{ code: number | null; output: string }> {
  const script = runScript("reset", { env: { LUMENBASE_DATA_DIR: dataDir }, args });
  return { code: await script.exited, output: script.output() };
}

test("npm run reset removes the database, and only when that is safe", async () => {
  const dataDir = await temporaryFolder();
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const start = () => startStack({ env: { LUMENBASE_DATA_DIR: dataDir } });
  const first = await start();
  await writeFile(join(dataDir, "notes.txt"), "mine");

  expect(await reset(dataDir, "--yes")).toMatchObject({
    code: 1,
    output: expect.stringContaining("Lumenbase is running"),
  });
  await first.stop();
  expect(await reset(dataDir)).toMatchObject({
    code: 1,
    output: expect.stringContaining("npm run reset -- --yes"),
  });
  await access(join(dataDir, "pg/PG_VERSION"));
  expect(await reset(dataDir, "--yes")).toMatchObject({ code: 0 });
  await expect(access(join(dataDir, "pg"))).rejects.toThrow("ENOENT");
  await access(join(dataDir, "notes.txt"));

  const second = await start();
  expect(second.key).not.toBe(first.key);
  await second.stop();
});

test("npm run reset does not touch a database of one's own", async () => {
  const script = runScript("reset", {
    env: { DATABASE_URL: "postgresql://me@127.0.0.1:1/mine" },
    args: ["--yes"],
  });
  expect(await script.exited).toBe(1);
  expect(script.output()).toContain("a database of your own is never removed");
});
