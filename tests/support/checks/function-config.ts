import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Block = Record<string, string>;

/** Where supabase/config.toml and the folders in functions/ do not say the same. */
export function functionConfigProblems(root: string): string[] {
  const blocks = functionBlocks(readFileSync(join(root, "supabase/config.toml"), "utf8"));
  const names = readdirSync(join(root, "functions")).toSorted();
  return [
    ...names.flatMap((name) => problemsOf(root, name, blocks.get(name))),
    ...[...blocks.keys()].filter((name) => !names.includes(name))
      .map((name) => `config.toml: [functions.${name}] has no folder in functions/`),
  ];
}

function problemsOf(root: string, name: string, block: Block | undefined): string[] {
  if (!existsSync(join(root, "functions", name, "index.ts"))) {
    return [`functions/${name} has no index.ts`];
  }
  if (block === undefined) return [`config.toml: [functions.${name}] is missing`];
  const expected: Block = {
    entrypoint: `"../functions/${name}/index.ts"`,
    import_map: `"../deno.json"`,
    verify_jwt: "false",
  };
  return [...new Set([...Object.keys(expected), ...Object.keys(block)])]
    .filter((key) => block[key] !== expected[key])
    .map((key) => `config.toml: [functions.${name}] ${key} must be ${expected[key] ?? "absent"}`);
}

function functionBlocks(toml: string): Map<string, Block> {
  const blocks = new Map<string, Block>();
  let block: Block | undefined;
  for (const line of toml.split("\n").map((text) => text.replace(/(^|\s)#.*/, "").trim())) {
    if (line.startsWith("[")) {
      const name = /^\[functions\."?([\w-]+)"?\]$/.exec(line)?.[1];
      block = name === undefined ? undefined : {};
      if (name !== undefined && block) blocks.set(name, block);
    } else if (block && line !== "") {
      const [, key = line, value = ""] = /^([\w-]+)\s*=\s*(.*)$/.exec(line) ?? [];
      block[key] = value;
    }
  }
  return blocks;
}
