import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isReachable, type Networks } from "./networks.ts";

/** Answers the addresses of a name, in the order in which they are to be tried. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** A host that is not connected to, whatever is asked of it. */
export class HostRefused extends Error {
  override name = "HostRefused";
}

/** A name that has no address. */
export class HostUnknown extends Error {
  override name = "HostUnknown";
}

/** How hosts are looked up, and what of them is refused. */
export interface HostRules {
  /** Private networks that may be reached. */
  networks: Networks;
  /** The system's own way when left out. */
  resolve?: Resolve;
}

/** The host of an address as URLs write it, in ASCII and without brackets; null when it is none. */
export function hostName(text: string): string | null {
  const isAddress = isIP(text) === 6;
  const url = `http://${isAddress ? `[${text}]` : text}/`;
  if (/[/?#@\\]/.test(text) || !URL.canParse(url)) return null;
  const { hostname, port } = new URL(url);
  return port === "" && !/:\d*$/.test(isAddress ? "" : text) ? bare(hostname) : null;
}

/** The hostname of a URL without the brackets of an IPv6 address. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

/**
 * The addresses of a host, looked up once, each of which may be connected to: connect to these very
 * ones, as a name may answer others the next time. Throws HostRefused when a single one may not be
 * reached, HostUnknown when there is none.
 */
export async function checkedAddresses(
  host: string,
  { networks, resolve = resolved }: HostRules,
): Promise<readonly string[]> {
  const name = hostName(host);
  if (name === null) throw new HostRefused("The host is no host name and no address.");
  const addresses = isIP(name) ? [name] : await resolve(name).catch((error) => {
    throw new HostUnknown(NO_ADDRESS, { cause: error });
  });
  if (addresses.length === 0) throw new HostUnknown(NO_ADDRESS);
  if (addresses.every((address) => isReachable(address, networks))) return addresses;
  throw new HostRefused(
    isIP(name)
      ? "The address is private or reserved."
      : "The host resolves to an address that is private or reserved.",
  );
}

/** The address to connect to for a host; see {@link checkedAddresses}. */
export async function checkHost(host: string, rules: HostRules): Promise<string> {
  const [first = ""] = await checkedAddresses(host, rules);
  return first;
}

const NO_ADDRESS = "The host has no address.";

// IPv4 first: what has no IPv6 itself would wait for such an address in vain.
async function resolved(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address).toSorted((a, b) => isIP(a) - isIP(b));
}
