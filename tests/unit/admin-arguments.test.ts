import { expect, test } from "vitest";
import { APIS, generateApiKey, KEY_PREFIXES } from "../../shared/auth/api-key.ts";
import { readCommandLine } from "../../supabase/local/admin/command-line.ts";
import { help } from "../../supabase/local/admin/help.ts";
import { KEY_COMMANDS } from "../../supabase/local/admin/key-commands.ts";
import { withoutSecrets } from "../../supabase/local/admin/refusal.ts";
import { WORKSPACE_COMMANDS } from "../../supabase/local/admin/workspace-commands.ts";

const COMMANDS = [...WORKSPACE_COMMANDS, ...KEY_COMMANDS];
const CREATE = "keys create --workspace acme --name n --scopes";

/** Reads a command line as the CLI does before it connects. */
function prepare(...args: string[]) {
  const { command, input } = readCommandLine(COMMANDS, args);
  return command?.prepare(input!);
}

/** A line's words, where double quotes keep spaces. */
function words(line: string): string[] {
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
}

test.each<[expected: string, line: string]>([
  ["No command is given: choose one of workspaces create, workspaces list,", ""],
  ["No command is given: choose one of keys create, keys list, keys revoke,", "keys"],
  ['There is no command "kes": did you mean keys?', "kes list"],
  ['There is no command "telephone": use one of workspaces, keys.', "telephone"],
  ['There is no command keys "lsit": did you mean list?', "keys lsit"],
  ['There is no option "--scope": did you mean --scopes?', "keys create --scope read"],
  ['There is no option "-w": use one of --workspace, --json, --help.', "keys list -w"],
  ["--workspace lacks its value: write --workspace=SLUG.", "keys list --workspace"],
  ["--workspace lacks its value: write --workspace=SLUG.", "keys list --workspace --json"],
  ["--workspace is given twice: give it once.", "keys list --workspace=a --workspace b"],
  ["--json takes no value: write it alone.", "keys list --json=yes"],
  ['"acme" is one word too many: put quotes around text', "workspaces list acme"],
  ["SLUG is missing: write for example `workspaces create acme", "workspaces create"],
  ["KEY is missing: write for example `keys revoke lb_live_", "keys revoke"],
  ["--scopes is missing: see `keys create --help`", "keys create --workspace a --name n"],
  ['The slug "Acme Ltd" cannot be used: take 1 to 63', 'workspaces create "Acme Ltd"'],
  ['The slug "-a" cannot be used: take 1 to 63', "workspaces create -- -a"],
  ['--name "  " cannot be used: take 1 to 200 characters', 'workspaces create a --name "  "'],
  ['--name "a\u{FFFD}b" cannot be used', "workspaces create a --name a\u0007b"],
  ["No limit is given: add one of --requests-per-minute N,", "workspaces set-limits a"],
  [
    '--requests-per-minute "0" is not a limit: give a whole number from 1 to 2147483647.',
    "workspaces set-limits a --requests-per-minute=0",
  ],
  [
    '--contacts-per-day "2147483648" is not a limit: give a whole number from 0 to 2147483647.',
    "workspaces create a --contacts-per-day 2147483648",
  ],
  ['--activities-per-day "-5" is not a limit', "workspaces set-limits a --activities-per-day -5"],
  [
    '--default-country "Germany" is not a country: give a code of ISO 3166-1 alpha-2, such as DE',
    "workspaces create a --default-country Germany",
  ],
  ['--default-country "ZZ" is not a country', "workspaces set-country a --default-country ZZ"],
  ["--default-country is missing: write for example", "workspaces set-country a"],
  [
    'There is no scope "contact:read": did you mean contacts:read? See `keys create --help`',
    `${CREATE} contact:read`,
  ],
  ['There is no scope "everything": use some of contacts:read,', `${CREATE} read,everything`],
  ['There is no scope "": use some of contacts:read,', `${CREATE} read,`],
  ['--expires "soon" is not a time: give one like 2030-01-31T', `${CREATE} read --expires soon`],
  ['--expires "2020-01-01" is not in the future: give', `${CREATE} read --expires=2020-01-01`],
  [
    '"10.0.0.5/8" in --allowed-ips has bits set right of its prefix: write 10.0.0.0/8 for the',
    `${CREATE} read --allowed-ips=10.0.0.5/8`,
  ],
  [
    '"example.com" in --allowed-ips is neither an IP address nor a network: write it like',
    `${CREATE} read --allowed-ips 203.0.113.7,example.com`,
  ],
  ['There is no API "leedhub": did you mean leadhub?', `${CREATE} read:leads --api leedhub`],
  ['There is no API "rest": use one of lumenbase, leadhub, crm, lio.', `${CREATE} read --api rest`],
  [
    "The scope read:leads is one of leadhub keys: add --api leadhub, or use some of contacts:read,",
    `${CREATE} contacts:read,read:leads`,
  ],
  [
    "The scope read:crm is one of crm keys: add --api crm, or use some of read:leads,",
    `${CREATE} read:crm --api leadhub`,
  ],
  [
    "The scope admin is one of lumenbase keys: add --api lumenbase, or use some of read:crm, write:crm",
    `${CREATE} admin --api crm`,
  ],
  ['There is no scope "reed:leads": did you mean', `${CREATE} reed:leads --api leadhub`],
  ['There is no scope "delete:tags": did you mean', `${CREATE} delete:tags --api leadhub`],
  [
    "--requests-per-hour is not for lumenbase keys: their limit is the workspace's",
    `${CREATE} read --requests-per-hour 5`,
  ],
  [
    "--requests-per-minute is not for lumenbase keys: their limit is the workspace's",
    `${CREATE} read --api lumenbase --requests-per-minute 5`,
  ],
  [
    "--requests-per-minute is not for leadhub keys: give --requests-per-hour.",
    `${CREATE} read:leads --api leadhub --requests-per-minute 5`,
  ],
  [
    "--requests-per-hour is not for crm keys: give --requests-per-minute.",
    `${CREATE} read:crm --api crm --requests-per-minute 5 --requests-per-hour 5`,
  ],
  [
    '--requests-per-hour "0" is not a limit: give a whole number from 1 to 2147483647.',
    `${CREATE} read:leads --api leadhub --requests-per-hour 0`,
  ],
  [
    '--requests-per-minute "1.5" is not a limit',
    `${CREATE} read:crm --api crm --requests-per-minute 1.5`,
  ],
  ["The key is not named in a known form: give its public id", 'keys revoke "web forms"'],
  [
    '--overlap "31d" is not a duration from 0 to 30d: write it like 24h, 90m or 7d, or 0',
    "keys rotate lb_live_4fT9xKq2LmZa --overlap 31d",
  ],
])("refuses with: %s", (expected, line) => {
  expect(() => prepare(...words(line))).toThrow(expected);
});

test.each(APIS)(
  "never repeats a secret of a %s key in a refusal, nor takes one as a name",
  (api) => {
    const prefix = KEY_PREFIXES[api];
    const { key, publicId } = generateApiKey(api);
    const secret = key.slice(`${prefix}${publicId}_`.length);
    for (
      const args of [
        [key],
        ["keys", key],
        ["keys", "list", key],
        ["keys", "list", `--${key}`],
        ["keys", "revoke", `${key}!`],
        ["keys", "revoke", "x", key],
        ["keys", "list", "--workspace", key],
        [...words(CREATE), key],
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
    expect(withoutSecrets(`a ${key} b`)).toBe(`a ${prefix}${publicId}_… b`);
    expect(withoutSecrets(`${prefix}${publicId}_…`)).toBe(`${prefix}${publicId}_…`);
    expect(withoutSecrets(key.replace("_", ""))).toContain(publicId);
    expect(withoutSecrets(key.replace(`${publicId}_`, publicId))).toBe(`${prefix}…`);
  },
);

test("words that only end like a key's prefix stay", () => {
  for (const text of ["break_everything_now", "a soak_testing_a_week", "lh_leads", "leads_lh_x"]) {
    expect(withoutSecrets(text)).toBe(text);
  }
});

test("every command has help with its options and an example that it accepts", () => {
  for (const command of COMMANDS) {
    const text = help(COMMANDS, [command.group, command.name]);
    expect(text).toContain(`Usage: npm run admin -- ${command.group} ${command.name}`);
    for (const option of ["json", "help", ...Object.keys(command.options)]) {
      expect(text).toContain(`--${option}`);
    }
    const [example = ""] = /(?<=npm run admin -- ).*$/.exec(text) ?? [];
    expect(prepare(...words(example)), example).toBeTypeOf("function");
    expect(help(COMMANDS, [command.group])).toContain(`${command.group} ${command.name}`);
    expect(help(COMMANDS, [])).toContain(`${command.group} ${command.name}`);
  }
});

test("takes a group in the singular as well", () => {
  expect(readCommandLine(COMMANDS, ["key", "list"])).toMatchObject({ words: ["keys", "list"] });
  expect(readCommandLine(COMMANDS, ["workspace", "-h"])).toMatchObject({ words: ["workspaces"] });
  expect(() => prepare("key", "lsit")).toThrow('There is no command keys "lsit"');
});

test("asks for help wherever --help or -h stands, also beside mistakes", () => {
  for (const flag of ["--help", "-h"]) {
    expect(readCommandLine(COMMANDS, [flag])).toMatchObject({ help: true, words: [] });
    expect(readCommandLine(COMMANDS, [flag, "keys"])).toMatchObject({ words: ["keys"] });
    expect(readCommandLine(COMMANDS, ["--json", "keys", "create", "--bad", flag]))
      .toMatchObject({ help: true, words: ["keys", "create"] });
  }
});
