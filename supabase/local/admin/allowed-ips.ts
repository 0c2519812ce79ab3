import { readNetwork } from "../../../shared/crm/keys/network.ts";
import { quoted, Refusal } from "./refusal.ts";

/** Reads a comma list of addresses and networks into CIDR form. */
export function allowedIps(text: string): string[] {
  return [...new Set(text.split(",").map((entry) => network(entry.trim())))];
}

function network(entry: string): string {
  const read = readNetwork(entry);
  if ("cidr" in read) return read.cidr;
  const { problem, advice } = read;
  const told = `${quoted(entry)} in --allowed-ips ${problem}: ${advice}`;
  throw new Refusal("invalid_argument", `${told}; several have commas between.`);
}
