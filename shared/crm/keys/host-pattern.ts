import { isDomain } from "../values/host.ts";

/**
 * Reads a host whose pages may use a key, in lower case; `*.` before it stands for every host below it. Null
 * when it is no domain.
 */
export function readHostPattern(entry: string): string | null {
  const pattern = entry.trim().toLowerCase();
  return isDomain(pattern.replace(/^\*\./, "")) || pattern === "localhost" ? pattern : null;
}
