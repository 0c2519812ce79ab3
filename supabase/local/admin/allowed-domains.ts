import { isDomain } from "../../../shared/crm/values/host.ts";
import { quoted, Refusal } from "./refusal.ts";

/**
 * Reads a comma list of the hosts whose pages may use a key, in lower case; `*.` before one stands for every
 * host below it.
 */
export function allowedDomains(text: string): string[] {
  return [...new Set(text.split(",").map((entry) => domain(entry.trim().toLowerCase())))];
}

function domain(entry: string): string {
  const host = entry.replace(/^\*\./, "");
  if (isDomain(host) || entry === "localhost") return entry;
  throw new Refusal(
    "invalid_argument",
    `${
      quoted(entry)
    } in --allowed-domains is no domain: write it like acme.com, or *.acme.com for ` +
      "all below it, several with commas between.",
  );
}
