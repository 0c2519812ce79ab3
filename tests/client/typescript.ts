import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { generateSource } from "oazapfts";
import { withContractFile } from "./contract-file.ts";

const CLIENT_FILE = fileURLToPath(new URL("lumenbase.ts", import.meta.url));

// A function for each operation, with an answer type for each status.
function typescriptClient(): Promise<string> {
  return withContractFile((path) => generateSource(path));
}

await writeFile(process.argv[2] ?? CLIENT_FILE, await typescriptClient());
