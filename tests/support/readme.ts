import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A code block of the README that a comment above marks for a test. */
export interface Example {
  /** The first line, to tell examples apart. */
  title: string;
  language: string;
  code: string;
}

/** The README's examples marked `<!-- test: kind -->`, in order. */
export function readmeExamples(kind: string): Example[] {
  const text = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
  const marked = new RegExp(`<!-- test: ${kind} -->\\n\\n\`\`\`(\\w+)\\n([^]*?)\\n\`\`\``, "g");
  return [...text.matchAll(marked)].map(([, language = "", code = ""]) => ({
    title: code.split("\n", 1)[0] ?? "",
    language,
    code,
  }));
}
