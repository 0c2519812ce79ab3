import { readFile } from "node:fs/promises";
import process from "node:process";

/** The console's files, by their names. */
export type Files = Record<"console.js" | "console.css", string>;

let read: Promise<Files> | undefined;

/**
 * The built console. What is deployed has it in place of this module (supabase/deploy/build.ts); a local
 * gateway is told the file that it was built into.
 */
export function files(): Promise<Files> {
  const path = process.env.LUMENBASE_CONSOLE_FILE;
  if (!path) throw new Error("LUMENBASE_CONSOLE_FILE does not say where the built console is.");
  return read ??= readFile(path, "utf8").then((text) => JSON.parse(text) as Files);
}
