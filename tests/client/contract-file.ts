import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "../../functions/v1-public-openapi/contract.ts";

/** Runs `use` with the path of a file that holds the contract. */
export async function withContractFile<T>(use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-contract-"));
  try {
    const path = join(folder, "openapi.json");
    await writeFile(path, JSON.stringify(contract, null, 1));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
