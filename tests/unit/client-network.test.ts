import { expect, test } from "vitest";
import { clientNetwork } from "../../shared/auth/client-network.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::"],
  ["2001:db8::7", "2001:db8::"],
  ["::1", "::"],
  ["64:ff9b::192.0.2.1", "64:ff9b::"],
  ["fe80::1%eth0", "fe80::"],
])("%s counts as %s", (address, network) => {
  expect(clientNetwork(address)).toBe(network);
});
