// npm run reset: removes the embedded database, after asking.
import { access, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { explainFolder } from "./data-folder.ts";
import { describeError, Failure } from "./failure.ts";
import { dataDirectory } from "./paths.ts";
import { serverUsage, stopLeftover } from "./postgres-leftover.ts";
import { forgetEmbedded } from "./stack-state.ts";

/** Only what the stack itself puts into its folder, which may hold files of others. */
const OURS = ["pg", "stack.json"];

try {
  await reset(dataDirectory(), process.argv.includes("--yes"));
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}

async function reset(dataDir: string, yes: boolean): Promise<void> {
  if (process.env.DATABASE_URL) {
    throw new Failure(
      "DATABASE_URL is set, and a database of your own is never removed by this command: unset it " +
        `to remove the embedded one in ${dataDir}, or drop your database yourself.`,
    );
  }
  if (!await holdsData(dataDir)) return console.log(`There is no local database in ${dataDir}.`);
  await refuseWhileRunning(dataDir);
  if (!yes && !await confirmed(dataDir)) return console.log("Nothing was removed.");
  // The question may have stayed open for long.
  await refuseWhileRunning(dataDir);
  await remove(dataDir).catch((error) => {
    throw explainFolder(error, dataDir);
  });
  console.log(`The local database in ${dataDir} is removed: \`npm start\` makes a new one.`);
}

async function holdsData(dataDir: string): Promise<boolean> {
  const found = OURS.map((name) => access(join(dataDir, name)).then(() => true, () => false));
  return (await Promise.all(found)).includes(true);
}

async function refuseWhileRunning(dataDir: string): Promise<void> {
  const usage = await serverUsage(dataDir);
  if (usage.kind === "leftover") await stopLeftover(dataDir, usage.pid);
  if (usage.kind !== "held") return;
  throw new Failure(
    `Lumenbase is running with the data in ${dataDir}: stop it (Ctrl-C), then run this again.`,
  );
}

async function confirmed(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Failure(
      `This removes the local database in ${dataDir} and asks first, but there is no terminal to ` +
        "ask on: run `npm run reset -- --yes` to remove it without a question.",
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const question = `Remove the local database in ${dataDir}, with all its data? [y/N] `;
  const answer = await new Promise<string>((resolve) => {
    terminal.once("close", () => resolve(""));
    terminal.question(question).then(resolve, () => resolve(""));
  });
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function remove(dataDir: string): Promise<void> {
  await rm(join(dataDir, "pg"), { recursive: true, force: true });
  await forgetEmbedded(dataDir);
  await rmdir(dataDir).catch(() => {});
}
