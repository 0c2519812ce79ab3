// npm run console -- FOLDER FUNCTIONS: writes the console as files for any static host, for the functions at
// an address.
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { consolePage, consolePolicy } from "../../shared/dialects/console/page.ts";
import { buildConsole } from "../local/console.ts";

const USAGE = "Usage: npm run console -- FOLDER https://PROJECT.supabase.co/functions/v1";

const [folder, address = ""] = process.argv.slice(2);
const functions = address.replace(/\/+$/, "");
if (!folder || !/^https?:\/\/[^\s?#]+$/.test(functions)) {
  console.error(USAGE);
  process.exit(2);
}

const files = await buildConsole();
const policy = consolePolicy(new URL(functions).origin);
const all = { ...files, "index.html": consolePage({ files: "", functions, policy }, files) };
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text);
console.log(`${resolve(folder)} has the console: ${Object.keys(all).join(", ")}.`);
