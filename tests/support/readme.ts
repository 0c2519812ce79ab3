import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../supabase/local/paths.ts";

/** The README, and the pages beside what they describe. */
export const PAGES = [
  "README.md",
  "shared/README.md",
  "shared/automations/README.md",
  "shared/console/README.md",
  "shared/connectors/README.md",
  "shared/dialects/crm-http/README.md",
  "shared/dialects/leadhub/README.md",
  "shared/dialects/lio/README.md",
  "shared/dialects/lumenbase/README.md",
  "shared/dialects/mcp/README.md",
  "shared/mail/README.md",
  "shared/providers/README.md",
  "supabase/README.md",
  "tests/README.md",
] as const;

/** A code block of a page that a comment above marks for a test. */
export interface Example {
  page: (typeof PAGES)[number];
  /** The first line, to tell examples apart. */
  title: string;
  language: string;
  code: string;
}

/** The text of a page. */
export function pageText(page: string): string {
  return readFileSync(join(projectRoot, page), "utf8");
}

/** The examples of all pages marked `<!-- test: kind -->`, in order. */
export function readmeExamples(kind: string): Example[] {
  const marked = new RegExp(`<!-- test: ${kind} -->\\n\\n\`\`\`(\\w+)\\n([^]*?)\\n\`\`\``, "g");
  return PAGES.flatMap((page) =>
    [...pageText(page).matchAll(marked)].map(([, language = "", code = ""]) => ({
      page,
      title: code.split("\n", 1)[0] ?? "",
      language,
      code,
    }))
  );
}
