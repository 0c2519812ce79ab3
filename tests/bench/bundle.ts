import { stat } from "node:fs/promises";
import { functionNames } from "../../supabase/deploy/build.ts";
import { builtFunction } from "./built.ts";
import type { Line } from "./line.ts";

const KILOBYTE = 1024;

/** The one file that is deployed of each function: all that it needs, minified, not compressed. */
export async function bundle(): Promise<Line[]> {
  const names = await functionNames();
  const sizes = await Promise.all(names.map(async (name) => ({ name, size: await sizeOf(name) })));
  const [largest] = sizes.toSorted((a, b) => b.size - a.size);
  return [{
    name: `bundle of the largest function (${largest?.name})`,
    unit: "KB",
    sides: [{ label: "size", values: [largest?.size ?? NaN] }],
    bound: { at: "most", value: 1024 },
  }];
}

async function sizeOf(name: string): Promise<number> {
  return (await stat(await builtFunction(name))).size / KILOBYTE;
}
