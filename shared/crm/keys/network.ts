import { isIP } from "node:net";

/** An address or a network in CIDR form; or what is wrong with it, and how it is written. */
export type ReadNetwork = { cidr: string } | { problem: string; advice: string };

/**
 * Reads an address or a network. One with bits right of its prefix is refused, since either part may be
 * the mistake.
 */
export function readNetwork(entry: string): ReadNetwork {
  const [address = "", prefixText, ...rest] = entry.split("/");
  const bits = isIP(address) === 4 ? 32 : 128;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  const wellFormed = isIP(address) !== 0 && !address.includes("%") && rest.length === 0 &&
    /^\d{1,3}$/.test(prefixText ?? "0") && prefix <= bits;
  if (!wellFormed) {
    return {
      problem: "is neither an IP address nor a network",
      advice: "write it like 203.0.113.7, 198.51.100.0/24 or 2001:db8::/32",
    };
  }
  const value = bits === 32 ? ipv4Value(address) : ipv6Value(address);
  const hostBits = BigInt(bits - prefix);
  const base = (value >> hostBits) << hostBits;
  if (base === value) return { cidr: inCidr(value, prefix, bits) };
  const network = inCidr(base, prefix, bits);
  return {
    problem: "has bits set right of its prefix",
    advice: `write ${network} for the network, or ${address} for the one address`,
  };
}

/** IPv4 inside IPv6 is written as IPv4, because that is how a client's address is compared. */
function inCidr(value: bigint, prefix: number, bits: number): string {
  const mapped = bits === 128 && prefix >= 96 && value >> 32n === 0xffffn;
  if (bits === 32) return `${ipv4Text(value)}/${prefix}`;
  return mapped
    ? `${ipv4Text(value & 0xffff_ffffn)}/${prefix - 96}`
    : `${ipv6Text(value)}/${prefix}`;
}

function ipv4Value(address: string): bigint {
  return address.split(".").reduce((value, part) => (value << 8n) + BigInt(part), 0n);
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
}

function ipv6Value(address: string): bigint {
  // The URL parser turns a dotted tail into two hexadecimal groups.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right]
    .reduce((value, group) => (value << 16n) + BigInt(`0x${group}`), 0n);
}

function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => (value >> BigInt(112 - 16 * i)) & 0xffffn);
  const full = groups.map((group) => group.toString(16)).join(":");
  return new URL(`http://[${full}]`).hostname.slice(1, -1);
}
