import { chown, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, Failure } from "./failure.ts";

/** What the local stack remembers between starts, in stack.json (readable by its owner only). */
export interface StackState {
  /** Password of the embedded server's owner. */
  password?: string;
  /** Port of the embedded server when it last ran; used again when it is free. */
  port?: number;
  /** Owner connection of the embedded server; valid while it runs. */
  databaseUrl?: string;
  /** The functions' connection, per database (see databaseName). */
  apiUrls?: Record<string, string>;
  /** Text of the demo key, per database; the database itself holds only its hash. */
  demoKeys?: Record<string, string>;
  /** What the functions encrypt the secrets of connectors with, per database. */
  encryptionKeys?: Record<string, string>;
  /** Where the functions were served when they last ran, per database; ends in /functions/v1. */
  addresses?: Record<string, string>;
}

const EMBEDDED = "embedded";
const file = (dataDir: string) => join(dataDir, "stack.json");

/** Reads the state of a data folder; a folder without one has an empty state. */
export async function readState(dataDir: string): Promise<StackState> {
  try {
    return JSON.parse(await readFile(file(dataDir), "utf8")) as StackState;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error))) return {};
    const reason = (error as Error).message;
    throw new Failure(
      `${file(dataDir)} cannot be read (${reason}): start as the user who owns it, ` +
        "or start afresh with `npm run reset`.",
    );
  }
}

/** Merges a change into the state file. The folder must exist. */
export async function updateState(dataDir: string, change: StackState): Promise<void> {
  const state = { ...await readState(dataDir), ...change };
  const temporary = `${file(dataDir)}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(state, null, 2) + "\n", { mode: 0o600 });
  // Root acts for whoever owns the folder, so that user can go on without root.
  if (process.getuid?.() === 0) {
    const owner = await stat(dataDir);
    await chown(temporary, owner.uid, owner.gid);
  }
  await rename(temporary, file(dataDir));
}

/**
 * Forgets the embedded database. What is known of others stays, for their secrets could not be read
 * without their encryption keys; a file that holds nothing else, or cannot be read, is removed.
 */
export async function forgetEmbedded(dataDir: string): Promise<void> {
  const { apiUrls, demoKeys, encryptionKeys, addresses } = await readState(dataDir)
    .catch((): StackState => ({}));
  const kept = {
    apiUrls: others(apiUrls),
    demoKeys: others(demoKeys),
    encryptionKeys: others(encryptionKeys),
    addresses: others(addresses),
  };
  const nothing = Object.values(kept).every((known) => Object.keys(known).length === 0);
  if (nothing) return await rm(file(dataDir), { force: true });
  const gone = { password: undefined, port: undefined, databaseUrl: undefined };
  await updateState(dataDir, { ...kept, ...gone });
}

function others({ [EMBEDDED]: _, ...rest }: Record<string, string> = {}): Record<string, string> {
  return rest;
}

/** Names a database in the state file; the embedded server's port may differ on every start. */
export function databaseName(url: string, embedded: boolean): string {
  if (embedded) return EMBEDDED;
  const { host, pathname } = new URL(url);
  return host + pathname;
}
