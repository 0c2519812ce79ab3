import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONSOLE } from "./architecture.ts";
import { isBare, packageOf, sourceFiles } from "./source-files.ts";

type Versions = Record<string, string>;

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const NPM = /^npm:\/?((?:@[^/@]+\/)?[^/@]+)@([^/]+)\/?$/;

/** Where package.json and deno.json do not pin the same packages to the same exact versions. */
export function packageProblems(root: string): string[] {
  const { dependencies = {}, devDependencies = {} } = readJson(root, "package.json") as {
    dependencies?: Versions;
    devDependencies?: Versions;
  };
  const { imports = {} } = readJson(root, "deno.json") as { imports?: Versions };
  const installed = { ...dependencies, ...devDependencies };
  return [
    ...inexactVersions(installed),
    ...differentVersions(imports, installed),
    ...unlistedImports(root, imports, dependencies),
  ];
}

function inexactVersions(installed: Versions): string[] {
  return Object.entries(installed)
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `package.json: ${name} must have an exact version, not ${version}`);
}

function differentVersions(imports: Versions, installed: Versions): string[] {
  return Object.entries(imports).flatMap(([key, target]) => {
    const [, name, version] = NPM.exec(target) ?? [];
    if (name === undefined || name !== key.replace(/\/$/, "")) {
      return [`deno.json: ${key} must be npm:${key.replace(/\/$/, "")}@VERSION, not ${target}`];
    }
    if (installed[name] === version) return [];
    return [`deno.json: ${name} is ${version}, package.json has ${installed[name] ?? "none"}`];
  });
}

function unlistedImports(root: string, imports: Versions, dependencies: Versions): string[] {
  const used = new Set<string>();
  const problems: string[] = [];
  // Deno loads nothing of the console.
  const loaded = sourceFiles(root, ["functions", "shared"])
    .filter(({ path }) => !path.startsWith(CONSOLE));
  for (const { path, imports: found } of loaded) {
    for (const { specifier, line, typeOnly } of found.filter((one) => isBare(one.specifier))) {
      const name = packageOf(specifier);
      const key = specifier === name ? name : [specifier, `${name}/`].find((one) => one in imports);
      if (key === undefined || !(key in imports)) {
        problems.push(`${path}:${line} imports ${specifier}, which deno.json does not have`);
      } else used.add(key);
      if (!(name in dependencies) && !typeOnly) {
        problems.push(`${path}:${line} imports ${name}, which is not in package.json dependencies`);
      }
    }
  }
  const unused = Object.keys(imports).filter((key) => !used.has(key));
  return [...problems, ...unused.map((key) => `deno.json: nothing imports ${key}`)];
}

function readJson(root: string, file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}
