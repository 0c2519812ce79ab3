import * as z from "zod";
import { APIS } from "../../auth/api-key.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import { notOneOf } from "../../refusals/validation.ts";
import { optional } from "../values/fields.ts";
import { instant } from "../values/instant.ts";
import { readHostPattern } from "./host-pattern.ts";
import { type KeyApis, MOST_REQUESTS } from "./key-api.ts";
import { isKeyName, LONGEST_NAME } from "./key-name.ts";
import { readNetwork } from "./network.ts";

const MOST_ENTRIES = 100;
const LONGEST_ENTRY = 300;
const ENTRIES = `Must be 1 to ${MOST_ENTRIES} entries`;
const NAME = `Must be 1 to ${LONGEST_NAME} characters without control characters, and never a key`;
const RATE = `Must be a whole number from 1 to ${MOST_REQUESTS}`;

/** What a key is made of, of these APIs. */
export function keyCreation(apis: KeyApis) {
  const scopes = [...new Set(APIS.flatMap((api) => apis[api].scopes))];
  return z.strictObject({
    name: z.string().trim().refine(isKeyName, NAME)
      .meta({ pattern: "\\S", maxLength: LONGEST_NAME, examples: ["Web forms"] }),
    api: z.enum(APIS, { error: ({ input }) => notOneOf(input, APIS) }).default("lumenbase"),
    scopes: list(z.enum(scopes, { error: ({ input }) => notOneOf(input, scopes) })),
    expires_at: optional(instant()),
    allowed_ips: optional(list(network())),
    allowed_domains: optional(list(hostPattern())),
    rate_limit: optional(z.int(RATE).min(1, RATE).max(MOST_REQUESTS, RATE)),
  });
}

export type KeyCreation = z.output<ReturnType<typeof keyCreation>>;

/** What is wrong with fields of a key together, at a time in Unix milliseconds. */
export function keyMistakes(apis: KeyApis, given: KeyCreation, now: number): FieldError[] {
  const { api, scopes, expires_at, allowed_domains, rate_limit } = given;
  const { title, scopes: known, rate, hasDomains } = apis[api];
  const mistakes: FieldError[] = scopes.flatMap((scope, index) =>
    known.includes(scope) ? [] : [{
      field: `scopes[${index}]`,
      message: `Is no scope of ${title} keys; those are ${known.join(", ")}.`,
    }]
  );
  if (expires_at && Date.parse(expires_at) <= now) {
    mistakes.push({ field: "expires_at", message: "Must be in the future." });
  }
  if (allowed_domains && !hasDomains) {
    mistakes.push({ field: "allowed_domains", message: `Is not for ${title} keys.` });
  }
  if (rate_limit && rate === undefined) {
    const message = `Is not for ${title} keys, whose requests count for the workspace.`;
    mistakes.push({ field: "rate_limit", message });
  }
  return mistakes;
}

function list<T extends z.ZodType>(entry: T) {
  return z.array(entry).min(1, ENTRIES).max(MOST_ENTRIES, ENTRIES)
    .transform((entries) => [...new Set(entries)]);
}

function network() {
  return z.string().max(LONGEST_ENTRY).transform((given, issues) => {
    const read = readNetwork(given.trim());
    if ("cidr" in read) return read.cidr;
    issues.addIssue(`Must be an IP address or a network; it ${read.problem}: ${read.advice}`);
    return z.NEVER;
  }).meta({
    description: "An IP address or a network, stored as the latter.",
    examples: ["203.0.113.7", "198.51.100.0/24", "2001:db8::/32"],
  });
}

function hostPattern() {
  return z.string().max(LONGEST_ENTRY).transform((given, issues) => {
    const pattern = readHostPattern(given);
    if (pattern !== null) return pattern;
    issues.addIssue("Must be a domain, such as acme.com, or *.acme.com for all below it");
    return z.NEVER;
  }).meta({
    description: "A domain whose pages may use the key; `*.` before it stands for all below it.",
    examples: ["acme.com", "*.acme.com"],
  });
}
