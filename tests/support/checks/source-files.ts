import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A TypeScript file, by its path from the project's root, with what it imports. */
export interface SourceFile {
  path: string;
  imports: Import[];
}

interface Import {
  specifier: string;
  line: number;
  /** Whether nothing of it is there at run time. */
  typeOnly: boolean;
}

// Statements begin a line, as the formatter leaves them; that keeps comments and strings out.
const IMPORTS = [
  /^(?:import|export)\s(?:[^"';]*?\sfrom\s)?\s*["']([^"']+)["']/gm,
  /\bimport\(\s*["'`]([^"'`]+)["'`]/g,
  /^\s*\/\/\s*@(?:ts|deno)-types="([^"]+)"/gm,
];

/** Every TypeScript file below the given folders, in order. */
export function sourceFiles(root: string, folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) => typescriptFiles(root, folder)).toSorted().map((path) => ({
    path,
    imports: importsOf(readFileSync(join(root, path), "utf8")),
  }));
}

/** The package a bare specifier belongs to: `hono` of `hono/logger`. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Whether a specifier names a package: not a path, not a URL, not a Node.js module. */
export function isBare(specifier: string): boolean {
  return !/^(\.{0,2}\/|\.{1,2}$|[a-z]+:)/.test(specifier);
}

function typescriptFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return typescriptFiles(root, path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(text: string): Import[] {
  return IMPORTS.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => ({
      specifier: match[1] ?? "",
      line: text.slice(0, match.index).split("\n").length,
      typeOnly: /^(import|export) type\s|^\s*\/\//.test(match[0]),
    }))
  ).toSorted((a, b) => a.line - b.line);
}
