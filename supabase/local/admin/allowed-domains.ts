import { readHostPattern } from "../../../shared/crm/keys/host-pattern.ts";
import { quoted, Refusal } from "./refusal.ts";

/** Reads a comma list of the hosts whose pages may use a key. */
export function allowedDomains(text: string): string[] {
  return [...new Set(text.split(",").map(domain))];
}

function domain(entry: string): string {
  const pattern = readHostPattern(entry);
  if (pattern !== null) return pattern;
  throw new Refusal(
    "invalid_argument",
    `${
      quoted(entry.trim().toLowerCase())
    } in --allowed-domains is no domain: write it like acme.com, or *.acme.com for ` +
      "all below it, several with commas between.",
  );
}
