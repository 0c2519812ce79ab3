import { BlockList, isIP } from "node:net";

/** Where to find the address a request came from. */
export interface ClientAddressOptions {
  /** The header a trusted proxy writes, such as `x-forwarded-for` or `cf-connecting-ip`. */
  header: string;
  /** How many trusted proxies append to it; the client stands that many entries from the right. */
  hops: number;
}

/** The address a request came from, or null when the header does not hold one. */
export function clientAddress(
  request: Request,
  { header, hops }: ClientAddressOptions,
): string | null {
  const entries = request.headers.get(header)?.split(",") ?? [];
  const address = entries.at(-hops)?.trim() ?? "";
  // An IPv4 client of a dual-stack socket shows as `::ffff:192.0.2.1`.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(plain) ? plain : null;
}

/** Whether an address is in one of the networks (CIDR). No address is in none. */
export function addressAllowed(address: string | null, networks: readonly string[]): boolean {
  if (address === null) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = "", prefix] = network.split("/");
    // Node would find every IPv4 address in ::/0.
    if (family(address) === "ipv4" && family(base) === "ipv6") continue;
    list.addSubnet(base, Number(prefix), family(base));
  }
  return list.check(address, family(address));
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
