import { describe, expect, test } from "vitest";
import { addressAllowed, clientAddress } from "../../shared/auth/client-address.ts";

function addressOf(value: string | null, hops = 1): string | null {
  const headers = new Headers(value === null ? {} : { "x-forwarded-for": value });
  const request = new Request("http://localhost/", { headers });
  return clientAddress(request, { header: "x-forwarded-for", hops });
}

describe("clientAddress", () => {
  test.each([
    ["192.0.2.7", 1, "192.0.2.7"],
    ["  192.0.2.7  ", 1, "192.0.2.7"],
    ["10.9.9.9, 192.0.2.7", 1, "192.0.2.7"],
    ["10.9.9.9,192.0.2.7", 1, "192.0.2.7"],
    ["garbage, , 192.0.2.7", 1, "192.0.2.7"],
    ["10.9.9.9, 192.0.2.7, 10.0.0.1", 2, "192.0.2.7"],
    ["10.9.9.9, 10.8.8.8, 192.0.2.7, 10.0.0.1", 2, "192.0.2.7"],
    ["2001:db8::7", 1, "2001:db8::7"],
    ["10.9.9.9, 2001:db8::7, ::1", 2, "2001:db8::7"],
    ["::ffff:192.0.2.7", 1, "192.0.2.7"],
    ["::FFFF:192.0.2.7", 1, "192.0.2.7"],
  ])("of %o behind %d proxies is %s", (header, hops, address) => {
    expect(addressOf(header, hops)).toBe(address);
  });

  test.each([
    ["no header", null, 1],
    ["an empty header", "", 1],
    ["a word", "unknown", 1],
    ["a name", "client.example.com", 1],
    ["an address and a port", "192.0.2.7:80", 1],
    ["half an address", "192.0.2", 1],
    ["octal digits", "0192.0.2.7", 1],
    ["a mapped word", "::ffff:unknown", 1],
    ["nothing after the comma", "192.0.2.7,", 1],
    ["garbage where the proxy writes", "192.0.2.7, garbage", 1],
    ["two addresses in one entry", "192.0.2.7 192.0.2.8", 1],
    ["fewer entries than proxies", "192.0.2.7", 2],
    ["garbage in front of the last proxy", "garbage, 10.0.0.1", 2],
  ])("is unknown with %s", (_, header, hops) => {
    expect(addressOf(header, hops)).toBeNull();
  });

  test("comes from the header that is configured alone", () => {
    const headers = { "x-forwarded-for": "10.9.9.9", "cf-connecting-ip": "192.0.2.7" };
    const request = new Request("http://localhost/", { headers });
    expect(clientAddress(request, { header: "cf-connecting-ip", hops: 1 })).toBe("192.0.2.7");
  });
});

describe("addressAllowed", () => {
  test.each([
    ["192.0.2.7", ["192.0.2.7/32"]],
    ["192.0.2.0", ["192.0.2.0/24"]],
    ["192.0.2.255", ["192.0.2.0/24"]],
    ["192.0.2.7", ["10.0.0.0/8", "2001:db8::/32", "192.0.2.0/24"]],
    ["192.0.2.7", ["0.0.0.0/0"]],
    ["2001:db8::7", ["2001:db8::7/128"]],
    ["2001:DB8:0:0::7", ["2001:db8::/32"]],
    ["2001:db8:ffff::", ["2001:db8::/32"]],
    ["2001:db8::7", ["::/0"]],
    ["::ffff:c000:207", ["192.0.2.0/24"]],
  ])("%s is in %o", (address, networks) => {
    expect(addressAllowed(address, networks)).toBe(true);
  });

  test.each([
    ["192.0.2.8", ["192.0.2.7/32"]],
    ["192.0.3.0", ["192.0.2.0/24"]],
    ["192.0.1.255", ["192.0.2.0/24"]],
    ["2001:db9::", ["2001:db8::/32"]],
    ["2001:db8::7", ["0.0.0.0/0"]],
    ["192.0.2.7", ["2001:db8::/32"]],
    ["192.0.2.7", ["::/0"]],
    ["192.0.2.7", []],
    [null, []],
    [null, ["0.0.0.0/0", "::/0"]],
  ])("%s is not in %o", (address, networks) => {
    expect(addressAllowed(address, networks)).toBe(false);
  });
});
