import { readFileSync } from "node:fs";
import { errorCode } from "../failure.ts";
import { isPassword, PASSWORD_LENGTH } from "../../../shared/auth/password.ts";
import type { Content } from "./api.ts";
import { quoted, Refusal } from "./refusal.ts";

/** Reads an option's text, or, given as `@FILE`, that file without the line break at its end. */
export function textOrFile(option: string, text: string): string {
  const value = text.startsWith("@")
    ? file(option, text.slice(1)).toString("utf8").replace(/\r?\n$/, "")
    : text;
  if (value !== "") return value;
  throw new Refusal("invalid_argument", `--${option} is empty: give a text, or @ and a file.`);
}

/** Reads a password, or, given as `@FILE`, that file without the line break at its end. */
export function password(text: string): string {
  const value = textOrFile("password", text);
  if (isPassword(value)) return value;
  throw new Refusal(
    "invalid_argument",
    `--password cannot be used: take ${PASSWORD_LENGTH.least} to ${PASSWORD_LENGTH.most} characters.`,
  );
}

/** Reads a field map: a JSON object of expressions, where null leaves a field of the preset out. */
export function fieldMap(text: string): Record<string, string | null> {
  const json = textOrFile("field-map", text);
  const map = parsed(json);
  const entries = typeof map === "object" && map !== null && !Array.isArray(map)
    ? Object.entries(map)
    : [["", 0] as const];
  const read = entries.flatMap(([field, value]) =>
    typeof value === "string" || value === null ? [[field, value] as const] : []
  );
  if (read.length === entries.length) return Object.fromEntries(read);
  throw new Refusal(
    "invalid_argument",
    "--field-map is not a JSON object of expressions: write it like " +
      `'{"email": "user.profile.email", "source": "\\"Web form\\""}', or @ and a file with that.`,
  );
}

/** Reads a JSON object. */
export function jsonObject(option: string, text: string): Record<string, unknown> {
  const object = parsed(textOrFile(option, text));
  if (typeof object === "object" && object !== null && !Array.isArray(object)) return { ...object };
  throw new Refusal(
    "invalid_argument",
    `--${option} is not a JSON object: write it like '{"key": "value"}', or @ and a file with that.`,
  );
}

/** Reads a file as the body of a request; without a type it is told from what is in it. */
export function sample(path: string, type: string | undefined): Content {
  const body = new Uint8Array(file("sample", path));
  return { type: type ?? typeOf(new TextDecoder().decode(body.subarray(0, 65_536))), body };
}

function typeOf(start: string): string {
  const boundary = /^\s*--([^\r\n]{1,70})\r?\n/.exec(start)?.[1];
  if (boundary !== undefined) return `multipart/form-data; boundary="${boundary}"`;
  return /^\s*[[{"]/.test(start) ? "application/json" : "application/x-www-form-urlencoded";
}

function file(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Refusal(
      "invalid_argument",
      `The file ${quoted(path)} of --${option} cannot be read (${errorCode(error)}): give the ` +
        "path of one that can.",
    );
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
