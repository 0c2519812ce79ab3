import type { Database } from "./database.ts";

/** One command: what its help says, and what it does. */
export interface Command {
  group: string;
  name: string;
  about: string;
  /** The one word after the command, if it takes one. */
  argument?: { placeholder: string; about: string };
  options: Record<string, { placeholder: string; about: string; required?: true }>;
  example: string;
  /** Shown below the options. */
  notes?: string;
  /** Reads and checks all input without the database, and returns what is left to do. */
  prepare(input: Input): Action;
}

/** What was given to a command, as text. Required input is there. */
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
}
