import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFiles } from "./source-files.ts";

const DOUBLE = /\bas unknown as\b/;

/** Every cast that no type checker could refuse: rows have their reader (shared/db/wire/rows.ts). */
export function castProblems(root: string): string[] {
  return sourceFiles(root, ["functions", "shared", "supabase"]).flatMap(({ path }) =>
    readFileSync(join(root, path), "utf8").split("\n").flatMap((line, at) =>
      DOUBLE.test(line) ? [`${path}:${at + 1} casts by way of unknown`] : []
    )
  );
}
