import { chmod, mkdir, readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, Failure } from "./failure.ts";

const REFUSALS = /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT|ENAMETOOLONG)$/;

/** Makes the folder of the local stack, and those above it, unless it exists. */
export async function makeDataFolder(dataDir: string): Promise<void> {
  try {
    const made = await makeFolder(dataDir);
    // PostgreSQL's own user passes through it; what is secret in it is closed by itself.
    const ours = made || (await readdir(dataDir)).length === 0;
    if (ours && process.getuid?.() === 0) await chmod(dataDir, 0o711);
  } catch (error) {
    throw explainFolder(error, dataDir);
  }
}

/** Not mkdir's `recursive`, which in Node.js 20 never ends where nothing can be made (/proc). */
async function makeFolder(path: string): Promise<boolean> {
  const first = await mkdir(path).catch((error: unknown) => error);
  if (first === undefined) return true;
  if (errorCode(first) === "EEXIST") return false;
  if (errorCode(first) !== "ENOENT" || dirname(path) === path) throw first;
  await makeFolder(dirname(path));
  await mkdir(path);
  return true;
}

/** Turns a file system's refusal into a sentence about the data folder. */
export function explainFolder(error: unknown, dataDir: string): unknown {
  const code = errorCode(error);
  if (!REFUSALS.test(code) && code !== "ENOSPC") return error;
  const reason = code === "ENOSPC" ? "its disk is full" : `it cannot be written (${code})`;
  return new Failure(
    `The data folder ${dataDir} cannot be used because ${reason}: make it writable for this ` +
      "user, or choose another with LUMENBASE_DATA_DIR=/path/to/folder.",
  );
}
