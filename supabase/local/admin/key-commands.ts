import { type Api, APIS } from "../../../shared/auth/api-key.ts";
import { KEY_APIS } from "../../../shared/dialects/key-apis.ts";
import { allowedDomains } from "./allowed-domains.ts";
import { allowedIps } from "./allowed-ips.ts";
import {
  type ApiKey,
  createApiKey,
  listApiKeys,
  type NewApiKey,
  revokeApiKey,
  rotateApiKey,
} from "./api-keys.ts";
import type { Command, Input } from "./command.ts";
import { rateLimit, RATES } from "./key-rates.ts";
import { keyReference, shownKey } from "./key-reference.ts";
import { printable, Refusal } from "./refusal.ts";
import { shortTime, table } from "./output.ts";
import { expiry, overlap } from "./times.ts";
import { choice, name, scopes, slug } from "./values.ts";

const HISTORY = "The whole key is taken too, but then stays behind in the shell's history.";

const KEY = {
  placeholder: "KEY",
  about: "lb_live_, lh_, ak_ or lio_ and the public id, or the UUID.",
};

/** The commands of the group `keys`. */
export const KEY_COMMANDS: readonly Command[] = [
  {
    group: "keys",
    name: "create",
    about: "Make an API key. It is shown once: only its hash is stored.",
    options: {
      workspace: { placeholder: "SLUG", about: "The workspace it opens.", required: true },
      name: { placeholder: "NAME", about: "What the key is for.", required: true },
      api: { placeholder: "API", about: `${APIS.join(", ")}: the first when left out.` },
      scopes: {
        placeholder: "LIST",
        about: "What it may do, with commas between; see below. All of lio when left out.",
      },
      expires: {
        placeholder: "TIME",
        about: "2030-01-31T09:00:00Z, 2030-01-31 (UTC) or 90d, 12h.",
      },
      "allowed-ips": { placeholder: "LIST", about: "Addresses and networks; any when left out." },
      "allowed-domains": {
        placeholder: "LIST",
        about: "Hosts whose pages may use it, for --api lio; any when left out.",
      },
      ...RATES,
    },
    example:
      'keys create --workspace acme --name "Web forms" --scopes contacts:read,contacts:write' +
      " --expires 90d --allowed-ips 203.0.113.7,2001:db8::/32",
    notes: APIS.map((api) =>
      `Scopes of ${KEY_APIS[api].title} (${api}): ${KEY_APIS[api].scopes.join(", ")}.`
    ).join("\n"),
    prepare({ options }) {
      const { workspace = "", name: label = "", scopes: list, expires } = options;
      const networks = options["allowed-ips"];
      const api = choice("API", options.api ?? "lumenbase", APIS);
      const key = {
        workspace: slug(workspace),
        name: name(label),
        api,
        scopes: list === undefined && api === "lio" ? KEY_APIS.lio.scopes : scopes(list, api),
        rateLimit: rateLimit(options, api),
        expiresAt: expires === undefined ? undefined : expiry(expires),
        allowedIps: networks === undefined ? undefined : allowedIps(networks),
        allowedDomains: domainsOf(options, api),
      };
      return async (database) => {
        const created = await createApiKey(database, key);
        return { data: { apiKey: created }, text: shownOnce(created) };
      };
    },
  },
  {
    group: "keys",
    name: "list",
    about: "Show keys, without their secrets.",
    options: { workspace: { placeholder: "SLUG", about: "Only those of this workspace." } },
    example: "keys list --workspace acme",
    prepare({ options }) {
      const workspace = options.workspace === undefined ? undefined : slug(options.workspace);
      return async (database) => {
        const apiKeys = await listApiKeys(database, workspace);
        const text = apiKeys.length > 0 ? rows(apiKeys) : "There are no keys yet.";
        return { data: { apiKeys }, text };
      };
    },
  },
  {
    group: "keys",
    name: "revoke",
    about: "End a key for good; running functions notice within 10 seconds.",
    argument: KEY,
    options: {},
    example: "keys revoke lb_live_4fT9xKq2LmZa",
    notes: HISTORY,
    prepare({ argument }) {
      const reference = keyReference(argument);
      return async (database) => {
        const { changed, ...apiKey } = await revokeApiKey(database, reference);
        const done = changed ? "Revoked the key." : "The key was revoked before; nothing changed.";
        return { data: { apiKey, changed }, text: `${done}\n\n${rows([apiKey])}` };
      };
    },
  },
  {
    group: "keys",
    name: "rotate",
    about:
      "Replace a key by one with the same name, API, scopes, networks, domains, limit and expiry.",
    argument: KEY,
    options: {
      overlap: { placeholder: "TIME", about: "How long both work: 24h when left out, 0 to 30d." },
    },
    example: "keys rotate lb_live_4fT9xKq2LmZa --overlap 7d",
    notes: HISTORY,
    prepare({ argument, options }) {
      const rotation = {
        ...keyReference(argument),
        overlapSeconds: overlap(options.overlap ?? "24h"),
      };
      return async (database) => {
        const { replaces, ...apiKey } = await rotateApiKey(database, rotation);
        const text = `${shownOnce(apiKey)}\n\nIt replaces:\n\n${rows([replaces])}`;
        return { data: { apiKey, replaces }, text };
      };
    },
  },
];

function domainsOf(options: Input["options"], api: Api): string[] | undefined {
  const given = options["allowed-domains"];
  if (given === undefined) return undefined;
  if (KEY_APIS[api].hasDomains) return allowedDomains(given);
  throw new Refusal("invalid_argument", `--allowed-domains is not for ${api} keys: add --api lio.`);
}

function shownOnce(key: NewApiKey): string {
  const window = KEY_APIS[key.api].rate?.window;
  const rate = window === undefined
    ? ""
    : ` It may make ${key.rateLimit} requests a UTC ${window}.`;
  return `${key.key}\n\nThis is the key of ${printable(key.name)}: keep it now, it is not shown ` +
    `again.${rate}\n\n${rows([key])}`;
}

function rows(keys: readonly ApiKey[]): string {
  return table([
    ["KEY", "WORKSPACE", "NAME", "SCOPES", "FROM", "STATE", "EXPIRES", "LAST USE"],
    ...keys.map((key) => [
      shownKey(key),
      key.workspace,
      key.name,
      key.scopes.join(","),
      key.allowedIps?.join(",") ?? "anywhere",
      key.state === "rotating" ? `rotating until ${shortTime(key.expiresAt ?? "")}` : key.state,
      key.expiresAt ? shortTime(key.expiresAt) : "never",
      key.lastUsedAt ? shortTime(key.lastUsedAt) : "never",
    ]),
  ]);
}
