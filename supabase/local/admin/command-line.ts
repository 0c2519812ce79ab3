import { parseArgs } from "node:util";
import { closestMatch } from "leven";
import type { Command, Input, Option } from "./command.ts";
import { quoted, Refusal } from "./refusal.ts";

const FLAGS = new Set(["--json", "--help", "-h"]);
const JSON_FLAG: Option = { placeholder: "", about: "" };
const isFlag = (option: Option) => option.placeholder === "";

/** A command line as far as its form goes. Without a command it asks for help. */
export interface CommandLine {
  words: string[];
  help: boolean;
  command?: Command;
  input?: Input;
}

/** Whether a flag is given, known even when the rest cannot be read. */
export function hasFlag(args: readonly string[], ...names: string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end).some((arg) => names.includes(arg));
}

/** Finds the command and its input, and refuses everything that is not known or is missing. */
export function readCommandLine(
  commands: readonly Command[],
  args: readonly string[],
): CommandLine {
  const { words: given, rest } = leadingWords(args);
  const help = hasFlag(rest, "--help", "-h");
  const groups = [...new Set(commands.map((command) => command.group))];
  const words = given.map((word, index) => index === 0 ? groupOf(word, groups) : word);
  if (words[0] !== undefined) known("command", words[0], groups);
  const inGroup = commands.filter((command) => command.group === words[0]);
  if (words[1] !== undefined) {
    known(`command ${words[0]}`, words[1], inGroup.map((command) => command.name));
  }
  if (help) return { words, help };
  const command = inGroup.find(({ name }) => name === words[1]);
  if (command) return { words, help, command, input: readInput(command, rest) };
  const choices = (inGroup.length > 0 ? inGroup : commands).map(({ group, name }) =>
    `${group} ${name}`
  );
  throw wrong(`No command is given: choose one of ${choices.join(", ")}, or add --help.`);
}

/** A group may be named in the singular. */
function groupOf(word: string, groups: readonly string[]): string {
  return groups.find((group) => group === `${word}s`) ?? word;
}

/** The group and the command, with flags before or between them. */
function leadingWords(args: readonly string[]): { words: string[]; rest: string[] } {
  const words: string[] = [];
  const rest = [...args];
  for (let index = 0; words.length < 2 && index < rest.length;) {
    const arg = rest[index] ?? "";
    if (FLAGS.has(arg)) index++;
    else if (arg.startsWith("-")) break;
    else words.push(...rest.splice(index, 1));
  }
  return { words, rest };
}

function readInput(command: Command, args: string[]): Input {
  const types = Object.entries(command.options)
    .map(([name, option]) => [name, { type: isFlag(option) ? "boolean" : "string" }] as const);
  const { tokens } = parseArgs({
    args,
    options: { json: { type: "boolean" }, ...Object.fromEntries(types) },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: Input["options"] = {};
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const value = optionValue(command, token);
    if (token.name in options) throw wrong(`${token.rawName} is given twice: give it once.`);
    options[token.name] = value;
  }
  const words = tokens.flatMap((token) => token.kind === "positional" ? [token.value] : []);
  const { json: _, ...given } = options;
  return { argument: argumentOf(command, words), options: required(command, given) };
}

type OptionToken = { name: string; rawName: string; value?: string; inlineValue?: boolean };

function optionValue(command: Command, token: OptionToken): string {
  const { name, rawName, value, inlineValue } = token;
  const option = rawName.startsWith("--")
    ? { json: JSON_FLAG, ...command.options }[name]
    : undefined;
  if (option && isFlag(option)) {
    if (value === undefined) return "";
    throw wrong(`${rawName} takes no value: write it alone.`);
  }
  if (option === undefined) {
    const options = Object.keys({ ...command.options, json: "", help: "" });
    throw unknown("option", rawName, options.map((one) => `--${one}`));
  }
  // An option where the value should be is a forgotten value, unless it is tied to it by "=".
  if (value !== undefined && (inlineValue || !value.startsWith("--"))) return value;
  throw wrong(`${rawName} lacks its value: write ${rawName}=${option.placeholder}.`);
}

function argumentOf(command: Command, words: readonly string[]): string {
  const { argument, group, name } = command;
  const extra = words[argument ? 1 : 0];
  if (extra !== undefined) {
    throw wrong(
      `${quoted(extra)} is one word too many: put quotes around text with spaces, and see ` +
        `\`${group} ${name} --help\`.`,
    );
  }
  if (!argument || argument.optional || words[0] !== undefined) return words[0] ?? "";
  throw wrong(`${argument.placeholder} is missing: write ${example(command)}.`);
}

function required(command: Command, options: Input["options"]): Input["options"] {
  const missing = Object.keys(command.options)
    .find((option) => command.options[option]?.required && options[option] === undefined);
  if (missing === undefined) return options;
  throw wrong(`--${missing} is missing: write ${example(command)}.`);
}

function example(command: Command): string {
  return `for example \`${command.example}\``;
}

function known(what: string, word: string, choices: readonly string[]): void {
  if (!choices.includes(word)) throw unknown(what, word, choices);
}

function unknown(what: string, word: string, choices: readonly string[]): Refusal {
  const nearest = closestMatch(word.slice(0, 64), [...choices], { maxDistance: 3 });
  const advice = nearest === undefined
    ? `use one of ${choices.join(", ")}.`
    : `did you mean ${nearest}?`;
  return wrong(`There is no ${what} ${quoted(word)}: ${advice}`);
}

function wrong(message: string): Refusal {
  return new Refusal("invalid_argument", message);
}
