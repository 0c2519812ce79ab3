import { expect, test } from "vitest";
import { readCommandLine } from "../../supabase/local/admin/command-line.ts";
import { help } from "../../supabase/local/admin/help.ts";
import { JOB_COMMANDS } from "../../supabase/local/admin/job-commands.ts";

const ID = "01a2269a-2df4-7e8b-a3df-efc69f969b11";

function prepare(...args: string[]) {
  const { command, input } = readCommandLine(JOB_COMMANDS, args);
  return command?.prepare(input!);
}

test.each<[expected: string, line: string]>([
  ['There is no status "ded": did you mean dead?', "jobs list --status ded"],
  [
    'There is no status "finished": use one of waiting, running, dead.',
    "jobs list --status finished",
  ],
  ['The slug "Acme" cannot be used', "jobs list --workspace Acme"],
  ['--limit "0" is not a limit: give a whole number from 1 to 1000.', "jobs list --limit 0"],
  ['--limit "1001" is not a limit', "jobs list --limit 1001"],
  ["ID is missing: write for example `jobs show", "jobs show"],
  ['"7" is no job\'s id: give the one that', "jobs show 7"],
  ["No job is named: give either the id", "jobs retry"],
  ["No job is named: give either the id", "jobs retry --all-dead"],
  ["No job is named: give either the id", "jobs retry --workspace acme"],
  ['"7" is no job\'s id', "jobs retry 7"],
  ["One job is named beside others: give either", `jobs retry ${ID} --all-dead --workspace acme`],
  ["One job is named beside others: give either", `jobs retry ${ID} --kind a.kind`],
])("refuses with %j: %s", (expected, line) => {
  expect(() => prepare(...line.split(" "))).toThrow(expected);
});

test("every command has help with its options and an example that it accepts", () => {
  for (const command of JOB_COMMANDS) {
    const text = help(JOB_COMMANDS, [command.group, command.name]);
    expect(text).toContain(`Usage: npm run admin -- jobs ${command.name}`);
    for (const option of Object.keys(command.options)) expect(text).toContain(`--${option}`);
    const [example = ""] = /(?<=npm run admin -- ).*$/.exec(text) ?? [];
    expect(prepare(...example.split(" ")), example).toBeTypeOf("function");
  }
});
