import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateConnectorToken } from "../../shared/auth/connector-token.ts";
import { PRESET_NAMES } from "../../shared/connectors/presets.ts";
import type { Result } from "../../supabase/local/admin/command.ts";
import { readCommandLine } from "../../supabase/local/admin/command-line.ts";
import { CONNECTOR_COMMANDS } from "../../supabase/local/admin/connector-commands.ts";
import { DELIVERY_COMMANDS } from "../../supabase/local/admin/delivery-commands.ts";
import { fieldMap, sample, textOrFile } from "../../supabase/local/admin/files.ts";
import { help } from "../../supabase/local/admin/help.ts";
import { withoutSecrets } from "../../supabase/local/admin/refusal.ts";

const COMMANDS = [...CONNECTOR_COMMANDS, ...DELIVERY_COMMANDS];
const CREATE = "connectors create --workspace acme --name n";
const DELIVERY = "0192f0c1-2345-7abc-8def-0123456789ab";

let folder: string;
const before = process.cwd();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lumenbase-arguments-"));
  process.chdir(folder);
  writeFileSync("answer.json", '{"email": "a@example.com"}');
  writeFileSync("map.json", '{"email": "mail", "phone": null}\n');
  writeFileSync("secret", "  s3cret \r\n");
  writeFileSync("empty", "\n");
});

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

function prepare(line: string) {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
  const { command, input } = readCommandLine(COMMANDS, words);
  return command?.prepare(input!);
}

test.each<[expected: string, line: string]>([
  ["Give --preset, or --target and --field-map for a connector without one", CREATE],
  ["Give --preset, or --target and --field-map for", `${CREATE} --target contact`],
  ['There is no preset "typefrom": did you mean typeform?', `${CREATE} --preset typefrom`],
  ['There is no preset "x": use one of typeform, tally,', `${CREATE} --preset x`],
  [
    'There is no target "deal": use one of contact, activity.',
    `${CREATE} --target deal --field-map @map.json`,
  ],
  ['The slug "My_Form" cannot be used', `${CREATE} --preset tally --slug My_Form`],
  [
    'The file "gone" of --secret cannot be read (ENOENT)',
    `${CREATE} --preset tally --secret @gone`,
  ],
  ["--secret is empty: give a text, or @ and a", `${CREATE} --preset tally --secret @empty`],
  [
    '--field-map is not a JSON object of expressions: write it like \'{"email":',
    `${CREATE} --target contact --field-map @secret`,
  ],
  ["--sample is missing: write for example `connectors test", "connectors test web"],
  ['The file "gone" of --sample cannot be read', "connectors test web --sample gone"],
  ['--limit "101" is not a limit: give a whole', "connectors deliveries --workspace a --limit 101"],
  ["No delivery is named: give the id that", "connectors replay"],
  ['"web" is no delivery\'s id: give the id that', "connectors replay web"],
  ["--failed takes the place of one delivery, and needs", "connectors replay --failed"],
  [
    "--failed takes the place of one delivery, and needs",
    `connectors replay ${DELIVERY} --failed --connector web`,
  ],
  ["--failed takes no value: write it alone.", "connectors replay --failed=yes --connector web"],
  ['"true" is one word too many', `connectors replay ${DELIVERY} --dry-run true`],
  ['--overlap "31d" is not a duration from 0 to 30d', "connectors rotate-token web --overlap 31d"],
  ["SLUG is missing: write for example `connectors delete", "connectors delete"],
])("refuses with: %s", (expected, line) => {
  expect(() => prepare(line)).toThrow(expected);
});

test("every command has help with its options and an example that it accepts", () => {
  for (const { group, name, options } of COMMANDS) {
    const text = help(COMMANDS, [group, name]);
    for (const option of Object.keys(options)) expect(text).toContain(`--${option}`);
    const [example = ""] = /(?<=npm run admin -- ).*$/.exec(text) ?? [];
    expect(prepare(example), example).toBeDefined();
  }
  expect(help(COMMANDS, ["connectors", "replay"])).toMatch(
    /^Usage: npm run admin -- connectors replay \[DELIVERY\] \[options\]$/m,
  );
});

test("shows every preset with what it needs, without a database", () => {
  const { text, data } = prepare("connector presets") as Result;
  expect(data).toEqual({ presets: PRESET_NAMES.map((name) => expect.objectContaining({ name })) });
  for (const name of PRESET_NAMES) expect(text).toMatch(new RegExp(`^${name}: .+, gives `, "m"));
  expect(text).toContain("--verify-token (required)");
});

test("reads secrets and field maps as given, or from files", () => {
  expect(textOrFile("secret", "a@b")).toBe("a@b");
  expect(textOrFile("secret", "@secret")).toBe("  s3cret ");
  expect(fieldMap("@map.json")).toEqual({ email: "mail", phone: null });
  expect(fieldMap('{"source": "\\"Web\\""}')).toEqual({ source: '"Web"' });
  for (const text of ["[]", "null", "{", '{"email": 1}', '{"email": ["a"]}', '"email"']) {
    expect(() => fieldMap(text), text).toThrow("--field-map is not a JSON object");
  }
});

test.each([
  ['{"a": 1}', "application/json"],
  ["\n [1]", "application/json"],
  ["a=1&b=2", "application/x-www-form-urlencoded"],
  ["--abc d\r\nContent-Disposition: form-data", 'multipart/form-data; boundary="abc d"'],
])("tells the type of a sample such as %j", (text, type) => {
  writeFileSync("sample", text);
  expect(sample("sample", undefined)).toEqual({ type, body: new Uint8Array(Buffer.from(text)) });
  expect(sample("sample", "text/plain").type).toBe("text/plain");
});

test("never repeats a connector token", () => {
  const { token, publicId } = generateConnectorToken();
  expect(withoutSecrets(`?connector=${token}.`)).toBe(`?connector=lb_hook_${publicId}_….`);
  expect(() => prepare(`${CREATE.replace(" n", ` ${token}`)} --preset tally`)).toThrow(
    "never a key",
  );
});
