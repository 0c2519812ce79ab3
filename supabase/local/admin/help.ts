import type { Command } from "./command.ts";
import { table, wrapped } from "./output.ts";

const RUN = "npm run admin --";

const SUBJECTS: Record<string, string> = {
  workspaces: "workspaces",
  keys: "API keys",
  users: "users",
  "marketing-lists": "marketing lists",
  forms: "forms",
  credits: "credits",
  wallet: "wallets",
  connectors: "connectors",
  jobs: "jobs",
  database: "the functions' login and housekeeping",
};

const COMMON =
  `  --json  Print one JSON document; a failure prints {"error": {"code", "message"}} on stderr.
          \`npm run --silent admin -- …\` leaves out npm's own lines.
  --help  Show this.`;

/** Help for everything, one group, or one command. */
export function help(commands: readonly Command[], words: readonly string[]): string {
  const [group, name] = words;
  const shown = commands.filter((command) => group === undefined || command.group === group);
  const command = shown.find((one) => one.name === name);
  return command ? details(command) : overview(shown, group);
}

function overview(commands: readonly Command[], group: string | undefined): string {
  const what = SUBJECTS[group ?? ""] ?? Object.values(SUBJECTS).join(", ");
  const lines = commands.map((command) => [`  ${command.group} ${command.name}`, command.about]);
  const [first] = commands;
  return `Administers ${what}, in the database of DATABASE_URL or else of the running local stack.

Usage: ${RUN} ${group ?? "GROUP"} COMMAND [options]

${table(lines)}

${COMMON}

Exit code: 0 done, 1 failed, 2 wrong arguments. Add --help to a command for its options.

Example:
  ${RUN} ${first?.example}`;
}

function details({ group, name, about, argument, options, example, notes }: Command): string {
  const entries = Object.entries(options);
  const usage = [
    `${RUN} ${group} ${name}`,
    ...(argument ? [argument.optional ? `[${argument.placeholder}]` : argument.placeholder] : []),
    ...entries.flatMap(([option, { required, placeholder }]) =>
      required ? [`--${option} ${placeholder}`] : []
    ),
    ...(entries.some(([, { required }]) => !required) ? ["[options]"] : []),
  ];
  const lines = table([
    ...(argument ? [[`  ${argument.placeholder}`, argument.about]] : []),
    ...entries.map(([option, one]) => [`  --${option} ${one.placeholder}`, one.about]),
  ]);
  const parts = [
    about,
    `Usage: ${usage.join(" ")}`,
    lines,
    COMMON,
    wrapped(notes ?? ""),
    `Example:\n  ${RUN} ${example}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
