// npm run admin: workspaces, API keys, users and the functions' login, from the command line.
import { hasFlag, readCommandLine } from "./admin/command-line.ts";
import { DATABASE_COMMANDS } from "./admin/database-commands.ts";
import { help } from "./admin/help.ts";
import { KEY_COMMANDS } from "./admin/key-commands.ts";
import { forScripts } from "./admin/output.ts";
import { withOwnerDatabase } from "./admin/owner-database.ts";
import { Refusal, withoutSecrets } from "./admin/refusal.ts";
import { USER_COMMANDS } from "./admin/user-commands.ts";
import { WORKSPACE_COMMANDS } from "./admin/workspace-commands.ts";
import { describeError } from "./failure.ts";

const COMMANDS = [...WORKSPACE_COMMANDS, ...KEY_COMMANDS, ...USER_COMMANDS, ...DATABASE_COMMANDS];

async function run(args: readonly string[]): Promise<string> {
  const { words, command, input } = readCommandLine(COMMANDS, args);
  if (!command || !input) return help(COMMANDS, words);
  const action = command.prepare(input);
  const { data, text } = await withOwnerDatabase(process.env, action);
  return hasFlag(args, "--json") ? JSON.stringify(forScripts(data), null, 2) : text;
}

function failed(error: unknown, json: boolean): void {
  const code = error instanceof Refusal ? error.code : "internal";
  const message = withoutSecrets(describeError(error));
  console.error(json ? JSON.stringify({ error: { code, message } }) : message);
  process.exitCode = code === "invalid_argument" ? 2 : 1;
}

const args = process.argv.slice(2);
try {
  console.log(await run(args));
} catch (error) {
  failed(error, hasFlag(args, "--json"));
}
