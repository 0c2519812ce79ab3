import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract as native } from "../../functions/v1-public-openapi/contract.ts";
import type { Schema } from "../../shared/openapi/schemas.ts";

/** Runs `use` with the path of a file that holds a contract: the native API's, or the given one. */
export async function withContractFile<T>(
  use: (path: string) => Promise<T>,
  contract: Schema = native,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-contract-"));
  try {
    const path = join(folder, "openapi.json");
    await writeFile(path, JSON.stringify(contract, null, 1));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
