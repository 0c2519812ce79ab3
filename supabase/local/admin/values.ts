import { closestMatch } from "leven";
import { type Api, APIS } from "../../../shared/auth/api-key.ts";
import { country as countryField, email as emailField } from "../../../shared/crm/values/fields.ts";
import { loadRegistries, registries } from "../../../shared/crm/values/registries.ts";
import { MOST_REQUESTS } from "../../../shared/crm/keys/key-api.ts";
import { isKeyName, LONGEST_NAME } from "../../../shared/crm/keys/key-name.ts";
import { KEY_APIS } from "../../../shared/dialects/key-apis.ts";
import { quoted, Refusal } from "./refusal.ts";

await loadRegistries();

/** Reads a workspace's slug. */
export function slug(text: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new Refusal(
    "invalid_argument",
    `The slug ${quoted(text)} cannot be used: take 1 to 63 lower-case letters, digits and ` +
      "hyphens, with a letter or digit at both ends.",
  );
}

/** Reads the name of a workspace or key. */
export function name(text: string): string {
  const trimmed = text.trim();
  if (isKeyName(trimmed)) return trimmed;
  throw new Refusal(
    "invalid_argument",
    `--name ${quoted(text)} cannot be used: take 1 to ${LONGEST_NAME} characters without ` +
      "control characters, and never a key.",
  );
}

/** Reads one of some words. */
export function choice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const chosen = choices.find((one) => one === text);
  if (chosen !== undefined) return chosen;
  const nearest = closestMatch(text.slice(0, 64), [...choices], { maxDistance: 3 });
  const advice = nearest === undefined
    ? `use one of ${choices.join(", ")}.`
    : `did you mean ${nearest}?`;
  throw new Refusal("invalid_argument", `There is no ${option} ${quoted(text)}: ${advice}`);
}

/** Reads a comma list of scopes of an API's keys. */
export function scopes(text: string | undefined, api: Api = "lumenbase"): string[] {
  if (text === undefined) {
    throw new Refusal("invalid_argument", "--scopes is missing: see `keys create --help`.");
  }
  const known = KEY_APIS[api].scopes;
  const given = [...new Set(text.split(",").map((scope) => scope.trim()))];
  const unknown = given.find((scope) => !known.includes(scope));
  if (unknown === undefined) return given;
  const other = APIS.find((one) => KEY_APIS[one].scopes.includes(unknown));
  if (other !== undefined) {
    throw new Refusal(
      "invalid_argument",
      `The scope ${unknown} is one of ${other} keys: add --api ${other}, or use some of ` +
        `${known.join(", ")} for a ${api} key.`,
    );
  }
  const near = { maxDistance: Math.ceil(Math.min(unknown.length, 15) / 3) };
  const nearest = closestMatch(unknown.slice(0, 64), [...known], near);
  const advice = nearest === undefined
    ? `use some of ${known.join(", ")}.`
    : `did you mean ${nearest}? See \`keys create --help\` for all.`;
  throw new Refusal("invalid_argument", `There is no scope ${quoted(unknown)}: ${advice}`);
}

/** Reads a limit: a whole number from `least` to `most`, which is the largest the database holds. */
export function limit(option: string, text: string, least: 0 | 1, most = MOST_REQUESTS): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Refusal(
    "invalid_argument",
    `--${option} ${quoted(text)} is not a limit: give a whole number from ${least} to ` +
      `${most}.`,
  );
}

/** Reads a country that has phone numbers of its own: ISO 3166-1 alpha-2, in upper case. */
export function country(option: string, text: string): string {
  const read = countryField().safeParse(text);
  if (read.success && registries().isSupportedCountry(read.data)) return read.data;
  throw new Refusal(
    "invalid_argument",
    `--${option} ${quoted(text)} is not a country: give a code of ISO 3166-1 alpha-2, such as DE ` +
      "or US.",
  );
}

/** Reads an email address, in lower case as it is stored. */
export function email(text: string): string {
  const read = emailField().safeParse(text);
  if (read.success) return read.data;
  throw new Refusal(
    "invalid_argument",
    `${quoted(text)} is not an email address: give one such as jane@example.com.`,
  );
}
