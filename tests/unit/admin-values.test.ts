import { expect, test } from "vitest";
import { generateApiKey, KEY_PREFIXES } from "../../shared/auth/api-key.ts";
import { allowedIps } from "../../supabase/local/admin/allowed-ips.ts";
import { keyReference } from "../../supabase/local/admin/key-reference.ts";
import { forScripts, table } from "../../supabase/local/admin/output.ts";
import { expiry, overlap } from "../../supabase/local/admin/times.ts";
import { scopes } from "../../supabase/local/admin/values.ts";

const NOW = Date.parse("2030-01-31T09:00:00Z");

test("reads times: RFC 3339, dates in UTC, durations from now", () => {
  const iso = (text: string) => expiry(text, NOW).toISOString();
  expect(iso("2030-02-28T10:00:00.250+02:00")).toBe("2030-02-28T08:00:00.250Z");
  expect(iso("2030-02-28t10:00:00z")).toBe("2030-02-28T10:00:00.000Z");
  expect(iso("2030-02-28 10:00:00Z")).toBe("2030-02-28T10:00:00.000Z");
  expect(iso("2030-02-28")).toBe("2030-02-28T00:00:00.000Z");
  expect(iso("90d")).toBe("2030-05-01T09:00:00.000Z");
  expect(iso("12h")).toBe("2030-01-31T21:00:00.000Z");
  for (const text of ["2030-02-30", "2030-02-28T10:00:00", "90", "d", "1y", "999999999w", "-1d"]) {
    expect(() => iso(text), text).toThrow("is not a time");
  }
  for (const text of ["0d", "2030-01-31T09:00:00Z", "2029-12-31"]) {
    expect(() => iso(text), text).toThrow("is not in the future");
  }
  expect(["0", "0h", "90m", "24h", "30d"].map(overlap)).toEqual([0, 0, 5_400, 86_400, 2_592_000]);
  for (const text of ["", "1", "-1h", "721h", "1.5h"]) {
    expect(() => overlap(text), text).toThrow("is not a duration");
  }
});

test("reads addresses and networks of IPv4 and IPv6 into CIDR form", () => {
  expect(allowedIps("203.0.113.7, 198.51.100.0/24,0.0.0.0/0,203.0.113.7"))
    .toEqual(["203.0.113.7/32", "198.51.100.0/24", "0.0.0.0/0"]);
  expect(allowedIps("::1,2001:DB8:0:0:1::/80,::/0,2001:db8::")).toEqual([
    "::1/128",
    "2001:db8:0:0:1::/80",
    "::/0",
    "2001:db8::/128",
  ]);
  expect(allowedIps("::ffff:192.0.2.1,::ffff:10.0.0.0/104")).toEqual([
    "192.0.2.1/32",
    "10.0.0.0/8",
  ]);
  for (
    const text of ["", "1.2.3", "01.2.3.4", "1.2.3.4/33", "1.2.3.4/", "1.2.3.0/24/24", "::1/129"]
      .concat("fe80::1%eth0", "1.2.3.4/-1", "1.2.3.4 5.6.7.8", "[::1]")
  ) {
    expect(() => allowedIps(text), text).toThrow("is neither an IP address nor a network");
  }
  expect(() => allowedIps("2001:db8::1:0/96")).toThrow("write 2001:db8::/96 for the network");
  expect(() => allowedIps("255.255.255.255/1")).toThrow("write 128.0.0.0/1 for the network");
});

test("reads a key's name in every form it is shown in", () => {
  const { key, publicId } = generateApiKey();
  const forms = [
    key,
    publicId,
    `lb_live_${publicId}`,
    `lb_live_${publicId}_`,
    `lb_live_${publicId}_…`,
  ];
  for (const form of forms) expect(keyReference(form)).toEqual({ publicId });
  for (const api of ["leadhub", "crm"] as const) {
    const { key: other, publicId: its } = generateApiKey(api);
    for (const form of [other, KEY_PREFIXES[api] + its, `${KEY_PREFIXES[api]}${its}_…`]) {
      expect(keyReference(form)).toEqual({ publicId: its, api });
    }
  }
  const id = "01A20012-EDEA-786A-97ED-35D36304E09F";
  expect(keyReference(id)).toEqual({ id: id.toLowerCase() });
});

test("reads scopes without repeating one", () => {
  expect(scopes("contacts:read, admin,contacts:read,contact_ingest"))
    .toEqual(["contacts:read", "admin", "contact_ingest"]);
  expect(scopes("read:leads,delete:forms,read:leads", "leadhub"))
    .toEqual(["read:leads", "delete:forms"]);
  expect(scopes("write:crm, read:crm", "crm")).toEqual(["write:crm", "read:crm"]);
});

test("aligns columns and shows no control characters", () => {
  expect(table([["A", "B"], ["long", "\u001b[31mé"], ["x", ""]]))
    .toBe("A     B\nlong  \u{FFFD}[31mé\nx");
});

test("names fields for scripts as the API does", () => {
  expect(forScripts({ apiKeys: [{ lastUsedAt: null, scopes: ["a"] }] }))
    .toEqual({ api_keys: [{ last_used_at: null, scopes: ["a"] }] });
});
