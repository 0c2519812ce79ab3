import ipaddr from "ipaddr.js";

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** Private networks that may be reached although they are not part of the public internet. */
export type Networks = readonly Network[];

/**
 * The networks of `OUTBOUND_PRIVATE_NETWORKS`: CIDRs separated by commas (RFC 4632, RFC 4291). Throws
 * an Error naming the one that is none.
 */
export function networksOf(text = ""): Networks {
  const given = text.split(",").map((one) => one.trim()).filter((one) => one !== "");
  return given.map((one) => {
    if (ipaddr.isValidCIDR(one)) return ipaddr.parseCIDR(one);
    throw new Error(
      `OUTBOUND_PRIVATE_NETWORKS must be networks such as 10.0.0.0/8, separated by commas; ` +
        `${JSON.stringify(one.slice(0, 100))} is none.`,
    );
  });
}

/** Whether an address, as text, is within one of the networks; one mapped to IPv6 is its IPv4. */
export function isWithin(address: string, networks: Networks): boolean {
  if (!ipaddr.isValid(address)) return false;
  const own = ipaddr.process(address);
  return networks.some(([network, bits]) =>
    network.kind() === own.kind() && own.match(network, bits)
  );
}

// All of IPv6 that is given out for the public internet (IANA: IPv6 Global Unicast Address Assignments).
const GLOBAL_UNICAST: Network = ipaddr.parseCIDR("2000::/3");

/**
 * Whether an address may be connected to: global unicast by the registries of special addresses
 * (RFC 6890), never one that stands for an IPv4 address (compatible, mapped, NAT64, 6to4, Teredo); or
 * within a network that is allowed.
 */
export function isReachable(address: string, allowed: Networks): boolean {
  if (!ipaddr.isValid(address)) return false;
  const own = ipaddr.parse(address);
  const isPublic = own.range() === "unicast" &&
    (own.kind() === "ipv4" || own.match(...GLOBAL_UNICAST));
  return isPublic || isWithin(address, allowed);
}
