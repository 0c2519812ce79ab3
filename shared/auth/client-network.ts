import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** What one client has to itself: an IPv4 address, of IPv6 a network of 64 bits (RFC 6177, section 2). */
export function clientNetwork(address: string): string {
  if (isIP(address) !== 6) return address;
  const [plain = ""] = address.split("%");
  return ipaddr.IPv6.networkAddressFromCIDR(`${plain}/64`).toString();
}
