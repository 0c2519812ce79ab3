import { expect, test } from "vitest";
import { allowedIps } from "../../supabase/local/admin/allowed-ips.ts";
import { readCommandLine } from "../../supabase/local/admin/command-line.ts";
import { help } from "../../supabase/local/admin/help.ts";
import { KEY_COMMANDS } from "../../supabase/local/admin/key-commands.ts";
import { keyReference } from "../../supabase/local/admin/key-reference.ts";
import { forScripts, table } from "../../supabase/local/admin/output.ts";
import { withoutSecrets } from "../../supabase/local/admin/refusal.ts";
import { expiry, overlap } from "../../supabase/local/admin/times.ts";
import { scopes } from "../../supabase/local/admin/values.ts";
import { WORKSPACE_COMMANDS } from "../../supabase/local/admin/workspace-commands.ts";
import { generateApiKey } from "../../shared/auth/api-key.ts";

const COMMANDS = [...WORKSPACE_COMMANDS, ...KEY_COMMANDS];
const CREATE = ["keys", "create", "--workspace", "acme", "--name", "n", "--scopes"];
const NOW = Date.parse("2030-01-31T09:00:00Z");

/** Reads a command line as the CLI does before it connects. */
function prepare(...args: string[]) {
  const { command, input } = readCommandLine(COMMANDS, args);
  return command?.prepare(input!);
}

test.each<[expected: string, args: string[]]>([
  ["No command is given: choose one of workspaces create, workspaces list,", []],
  ["No command is given: choose one of keys create, keys list, keys revoke,", ["keys"]],
  ['There is no command "key": did you mean keys?', ["key", "list"]],
  ['There is no command "telephone": use one of workspaces, keys.', ["telephone"]],
  ['There is no command keys "lsit": did you mean list?', ["keys", "lsit"]],
  ['There is no option "--scope": did you mean --scopes?', ["keys", "create", "--scope", "read"]],
  ['There is no option "-w": use one of --workspace, --json, --help.', ["keys", "list", "-w"]],
  ["--workspace lacks its value: write --workspace=SLUG.", ["keys", "list", "--workspace"]],
  ["--workspace lacks its value:", ["keys", "list", "--workspace", "--json"]],
  ["--workspace is given twice: give it once.", ["keys", "list", "--workspace=a", "--workspace=b"]],
  ["--json takes no value: write it alone.", ["keys", "list", "--json=yes"]],
  ['"acme" is one word too many: put quotes around text', ["workspaces", "list", "acme"]],
  ["SLUG is missing: write for example `workspaces create acme", ["workspaces", "create"]],
  ["KEY is missing: write for example `keys revoke lb_live_", ["keys", "revoke"]],
  ["--scopes is missing: write for example `keys create", CREATE.slice(0, -1)],
  ['The slug "Acme Ltd" cannot be used: take 1 to 63 lower-case', [
    "workspaces",
    "create",
    "Acme Ltd",
  ]],
  ['The slug "-a" cannot be used', ["workspaces", "create", "--", "-a"]],
  ['--name "  " cannot be used: take 1 to 200 characters', [
    "workspaces",
    "create",
    "a",
    "--name",
    "  ",
  ]],
  ['--name "a\u{FFFD}b" cannot be used', ["workspaces", "create", "a", "--name", "a\u0007b"]],
  ["No limit is given: add one of --requests-per-minute N, --contacts-per-day N,", [
    "workspaces",
    "set-limits",
    "acme",
  ]],
  ['--requests-per-minute "0" is not a limit: give a whole number from 1 to 2147483647.', [
    "workspaces",
    "set-limits",
    "acme",
    "--requests-per-minute=0",
  ]],
  ['--contacts-per-day "2147483648" is not a limit: give a whole number from 0', [
    "workspaces",
    "set-limits",
    "acme",
    "--contacts-per-day",
    "2147483648",
  ]],
  ['--activities-per-day "-5" is not a limit', [
    "workspaces",
    "set-limits",
    "acme",
    "--activities-per-day",
    "-5",
  ]],
  ['There is no scope "contact:read": did you mean contacts:read? See', [
    ...CREATE,
    "contact:read",
  ]],
  ['There is no scope "everything-there-is": use some of contacts:read, contacts:write,', [
    ...CREATE,
    "read,everything-there-is",
  ]],
  ['There is no scope "": use some of', [...CREATE, "read,"]],
  ['--expires "soon" is not a time: give one like 2030-01-31T09:00:00Z,', [
    ...CREATE,
    "read",
    "--expires",
    "soon",
  ]],
  ['--expires "2020-01-01" is not in the future: give a later time,', [
    ...CREATE,
    "read",
    "--expires=2020-01-01",
  ]],
  ['"10.0.0.5/8" in --allowed-ips has bits set right of its prefix: write 10.0.0.0/8 for', [
    ...CREATE,
    "read",
    "--allowed-ips=10.0.0.5/8",
  ]],
  ['"example.com" in --allowed-ips is neither an IP address nor a network: write it like', [
    ...CREATE,
    "read",
    "--allowed-ips=203.0.113.7,example.com",
  ]],
  ["The key is not named in a known form: give its public id", ["keys", "revoke", "web forms"]],
  ['--overlap "31d" is not a duration from 0 to 30d: write it like 24h,', [
    "keys",
    "rotate",
    "lb_live_4fT9xKq2LmZa",
    "--overlap",
    "31d",
  ]],
])("refuses with: %s", (expected, args) => {
  expect(() => prepare(...args)).toThrow(expected);
});

test("never repeats a key's secret in a refusal, nor takes one as a name", () => {
  const { key, publicId } = generateApiKey();
  const secret = key.slice(`lb_live_${publicId}_`.length);
  for (
    const args of [
      [key],
      ["keys", key],
      ["keys", "list", key],
      ["keys", "list", `--${key}`],
      ["keys", "revoke", `${key}!`],
      ["keys", "revoke", "x", key],
      ["keys", "list", "--workspace", key],
      [...CREATE, key],
      ["workspaces", "create", "acme", "--name", `key ${key}`],
    ]
  ) {
    const failure = (() => {
      try {
        return void prepare(...args);
      } catch (error) {
        return withoutSecrets((error as Error).message);
      }
    })();
    expect(failure, args.join(" ")).toBeTypeOf("string");
    expect(failure).not.toContain(secret.slice(0, 8));
  }
  expect(withoutSecrets(`a ${key} b`)).toBe(`a lb_live_${publicId}_… b`);
  expect(withoutSecrets(`lb_live_${publicId}_…`)).toBe(`lb_live_${publicId}_…`);
  expect(withoutSecrets(key.replace("_", ""))).toContain(publicId);
  expect(withoutSecrets(key.replace(`${publicId}_`, publicId))).toBe("lb_live_…");
});

test("every command has help with its options and an example that it accepts", () => {
  for (const command of COMMANDS) {
    const text = help(COMMANDS, [command.group, command.name]);
    expect(text).toContain(`Usage: npm run admin -- ${command.group} ${command.name}`);
    for (const option of ["json", "help", ...Object.keys(command.options)]) {
      expect(text).toContain(`--${option}`);
    }
    const [example = ""] = /(?<=npm run admin -- ).*$/.exec(text) ?? [];
    const words = example.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ""));
    expect(prepare(...words), example).toBeTypeOf("function");
    expect(help(COMMANDS, [command.group])).toContain(`${command.group} ${command.name}`);
    expect(help(COMMANDS, [])).toContain(`${command.group} ${command.name}`);
  }
});

test("asks for help wherever --help or -h stands, also beside mistakes", () => {
  for (const flag of ["--help", "-h"]) {
    expect(readCommandLine(COMMANDS, [flag])).toMatchObject({ help: true, words: [] });
    expect(readCommandLine(COMMANDS, [flag, "keys"])).toMatchObject({ words: ["keys"] });
    expect(readCommandLine(COMMANDS, ["--json", "keys", "create", "--bad", flag]))
      .toMatchObject({ help: true, words: ["keys", "create"] });
  }
});

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
  const id = "01A20012-EDEA-786A-97ED-35D36304E09F";
  expect(keyReference(id)).toEqual({ id: id.toLowerCase() });
});

test("reads scopes without repeating one", () => {
  expect(scopes("contacts:read, admin,contacts:read,contact_ingest"))
    .toEqual(["contacts:read", "admin", "contact_ingest"]);
});

test("aligns columns and shows no control characters", () => {
  expect(table([["A", "B"], ["long", "\u001b[31mé"], ["x", ""]]))
    .toBe("A     B\nlong  \u{FFFD}[31mé\nx");
});

test("names fields for scripts as the API does", () => {
  expect(forScripts({ apiKeys: [{ lastUsedAt: null, scopes: ["a"] }] }))
    .toEqual({ api_keys: [{ last_used_at: null, scopes: ["a"] }] });
});
