import type { Database } from "./database.ts";

/** One command: what its help says, and what it does. */
export interface Command {
  group: string;
  name: string;
  about: string;
  /** The one word after the command, if it takes one. */
  argument?: { placeholder: string; about: string; optional?: true };
  /** What stands after the command as `--NAME VALUE`, or without a value when it is a flag. */
  options: Record<string, Option>;
  example: string;
  /** Shown below the options. */
  notes?: string;
  /**
   * Reads and checks all input without the database, and returns what is left to do, or the result
   * when nothing is.
   */
  prepare(input: Input): Action | Result;
}

/** One option of a command. */
export interface Option {
  /** What its value is; empty for a flag, which has none. */
  placeholder: string;
  about: string;
  required?: true;
}

/** What was given to a command, as text; a given flag is empty. Required input is there. */
export interface Input {
  argument: string;
  options: Record<string, string | undefined>;
}

/** The part of a command that needs the database, and the owner's connection URL of it. */
export type Action = (database: Database, ownerUrl: string) => Promise<Result>;

/** What a command answers: `data` for `--json`, `text` for people. */
export interface Result {
  data: Record<string, unknown>;
  text: string;
  /** The data is as the API gave it, and its fields keep their names. */
  verbatim?: true;
  /** Some of what was asked for could not be done: the exit code is 1. */
  incomplete?: boolean;
}
