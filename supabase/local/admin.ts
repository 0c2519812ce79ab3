// npm run admin: workspaces, API keys, users, forms, connected apps, credits, wallets, connectors, jobs, the functions'
// login and housekeeping, from the command line.
import { stringify } from "lossless-json";
import { APP_COMMANDS } from "./admin/app-commands.ts";
import type { Action, Result } from "./admin/command.ts";
import { hasFlag, readCommandLine } from "./admin/command-line.ts";
import { CONNECTOR_COMMANDS } from "./admin/connector-commands.ts";
import { DATABASE_COMMANDS } from "./admin/database-commands.ts";
import { DELIVERY_COMMANDS } from "./admin/delivery-commands.ts";
import { FORM_COMMANDS } from "./admin/form-commands.ts";
import { help } from "./admin/help.ts";
import { JOB_COMMANDS } from "./admin/job-commands.ts";
import { KEY_COMMANDS } from "./admin/key-commands.ts";
import { LEDGER_COMMANDS } from "./admin/ledger-commands.ts";
import { forScripts } from "./admin/output.ts";
import { withOwnerDatabase } from "./admin/owner-database.ts";
import { Refusal, withoutSecrets } from "./admin/refusal.ts";
import { MARKETING_LIST_COMMANDS } from "./admin/marketing-list-commands.ts";
import { USER_COMMANDS } from "./admin/user-commands.ts";
import { WORKSPACE_COMMANDS } from "./admin/workspace-commands.ts";
import { describeError } from "./failure.ts";

const COMMANDS = [
  ...WORKSPACE_COMMANDS,
  ...KEY_COMMANDS,
  ...USER_COMMANDS,
  ...MARKETING_LIST_COMMANDS,
  ...FORM_COMMANDS,
  ...APP_COMMANDS,
  ...LEDGER_COMMANDS,
  ...CONNECTOR_COMMANDS,
  ...DELIVERY_COMMANDS,
  ...JOB_COMMANDS,
  ...DATABASE_COMMANDS,
];

async function run(args: readonly string[]): Promise<string> {
  const { words, command, input } = readCommandLine(COMMANDS, args);
  if (!command || !input) return help(COMMANDS, words);
  const { data, text, verbatim, incomplete } = await done(command.prepare(input));
  if (incomplete) process.exitCode = 1;
  if (!hasFlag(args, "--json")) return text;
  return stringify(verbatim ? data : forScripts(data), null, 2) ?? "";
}

async function done(prepared: Action | Result): Promise<Result> {
  return typeof prepared === "function" ? await withOwnerDatabase(process.env, prepared) : prepared;
}

function failed(error: unknown, json: boolean): void {
  const { code = "internal", details } = error instanceof Refusal ? error : {};
  const message = withoutSecrets(describeError(error));
  console.error(json ? stringify({ error: { code, message, details } }) : message);
  process.exitCode = code === "invalid_argument" ? 2 : 1;
}

const args = process.argv.slice(2);
try {
  console.log(await run(args));
} catch (error) {
  failed(error, hasFlag(args, "--json"));
}
