import type { Preset } from "../../../shared/connectors/preset.ts";
import { presets } from "../../../shared/connectors/presets.ts";
import { type Fields, withApi } from "./api.ts";
import type { Command, Input, Result } from "./command.ts";
import { cell, CONNECTORS, findConnector, workspaceOfConnector } from "./connectors.ts";
import { fieldMap, textOrFile } from "./files.ts";
import { shortTime, table, wrapped } from "./output.ts";
import { printable, Refusal } from "./refusal.ts";
import { overlap } from "./times.ts";
import { choice, name, slug } from "./values.ts";

const PRESETS: readonly Preset[] = Object.values(presets);
const SECRETS = ["secret", "verify-token", "access-token"] as const;
const SLUG = { placeholder: "SLUG", about: "Slug of the connector." };
const WORKSPACE = {
  placeholder: "SLUG",
  about: "Its workspace, when several have a connector of that slug.",
};

/** The commands of the group `connectors`, those of deliveries aside. */
export const CONNECTOR_COMMANDS: readonly Command[] = [
  {
    group: "connectors",
    name: "presets",
    about: "Show the providers that a connector can be made for with a secret at most.",
    options: {},
    example: "connectors presets",
    prepare: () => ({ data: { presets: PRESETS }, text: presetTexts(), verbatim: true }),
  },
  {
    group: "connectors",
    name: "create",
    about: "Make a connector and show the URL to paste at its sender. It is shown once.",
    options: {
      workspace: { placeholder: "SLUG", about: "The workspace it belongs to.", required: true },
      name: { placeholder: "NAME", about: "Name for people.", required: true },
      preset: { placeholder: "PRESET", about: "What it is for: see `connectors presets`." },
      slug: { placeholder: "SLUG", about: "Short name; made from the name when left out." },
      secret: { placeholder: "TEXT", about: "What its sender signs or proves itself with." },
      "verify-token": { placeholder: "TEXT", about: "What Meta's handshake must send." },
      "access-token": { placeholder: "TEXT", about: "What leads are fetched from Meta with." },
      target: { placeholder: "TARGET", about: "contact or activity, without a preset." },
      "field-map": { placeholder: "JSON", about: "Expression of each field, as a JSON object." },
    },
    example: 'connectors create --workspace acme --preset typeform --name "Contact form" --slug' +
      " contact-form --secret @secret",
    notes: "Secrets and the field map are read from a file when given as @FILE; a secret given " +
      "otherwise stays behind in the shell's history. Like all connector commands this calls the " +
      "API, at LUMENBASE_PUBLIC_URL or else where the local stack serves it.",
    prepare({ options }) {
      const workspace = slug(options.workspace ?? "");
      const content = json(creation(options));
      return (database, ownerUrl) =>
        withApi({ database, ownerUrl, workspace }, async (api) => {
          const connector = await api.call("POST", CONNECTORS, content);
          return one(connector, pasting(connector));
        });
    },
  },
  {
    group: "connectors",
    name: "list",
    about: "Show the connectors of a workspace, without their secrets.",
    options: { workspace: { ...WORKSPACE, about: "Their workspace.", required: true } },
    example: "connectors list --workspace acme",
    prepare({ options }) {
      const workspace = slug(options.workspace ?? "");
      return (database, ownerUrl) =>
        withApi({ database, ownerUrl, workspace }, async (api) => {
          const connectors = await api.all(`${CONNECTORS}?sort_by=name&sort_order=asc`);
          const text = connectors.length > 0 ? rows(connectors) : "There are no connectors yet.";
          return { data: { connectors }, text, verbatim: true };
        });
    },
  },
  {
    group: "connectors",
    name: "rotate-token",
    about: "Give a connector a new URL; the one before works on for a time.",
    argument: SLUG,
    options: {
      overlap: { placeholder: "TIME", about: "How long both work: 24h when left out, 0 to 30d." },
      workspace: WORKSPACE,
    },
    example: "connectors rotate-token contact-form --overlap 7d",
    prepare({ argument, options }) {
      const of = slug(argument);
      const given = options.workspace === undefined ? undefined : slug(options.workspace);
      const content = json({ overlap_seconds: overlap(options.overlap ?? "24h") });
      return async (database, ownerUrl) => {
        const workspace = await workspaceOfConnector(database, of, given);
        return await withApi({ database, ownerUrl, workspace }, async (api) => {
          const { id } = await findConnector(api, of);
          const rotated = await api.call("POST", `${CONNECTORS}/rotate-token?id=${id}`, content);
          return { data: rotated, text: rotatedText(rotated), verbatim: true };
        });
      };
    },
  },
  {
    group: "connectors",
    name: "delete",
    about: "Delete a connector: its URL ends at once; its deliveries stay their 30 days.",
    argument: SLUG,
    options: { workspace: WORKSPACE },
    example: "connectors delete contact-form",
    prepare({ argument, options }) {
      const of = slug(argument);
      const given = options.workspace === undefined ? undefined : slug(options.workspace);
      return async (database, ownerUrl) => {
        const workspace = await workspaceOfConnector(database, of, given);
        return await withApi({ database, ownerUrl, workspace }, async (api) => {
          const { id, connector } = await findConnector(api, of);
          await api.call("DELETE", `${CONNECTORS}?id=${id}`);
          return one(connector, "Deleted the connector.");
        });
      };
    },
  },
];

function json(value: unknown) {
  return { type: "application/json", body: JSON.stringify(value) };
}

function creation(options: Input["options"]): Fields {
  const { preset, target, slug: short } = options;
  const map = options["field-map"];
  if (preset === undefined && (target === undefined || map === undefined)) {
    throw new Refusal(
      "invalid_argument",
      "Give --preset, or --target and --field-map for a connector without one: see " +
        "`connectors presets` for what there is.",
    );
  }
  const given = SECRETS.flatMap((option) => {
    const text = options[option];
    return text === undefined ? [] : [[option.replace("-", "_"), textOrFile(option, text)]];
  });
  return {
    name: name(options.name ?? ""),
    ...(preset === undefined ? {} : { preset: choice("preset", preset, Object.keys(presets)) }),
    ...(target === undefined ? {} : { target: choice("target", target, ["contact", "activity"]) }),
    ...(short === undefined ? {} : { slug: slug(short) }),
    ...(map === undefined ? {} : { field_map: fieldMap(map) }),
    ...Object.fromEntries(given),
  };
}

function presetTexts(): string {
  const parts = PRESETS.map(({ name: id, title, target, secrets, setup }) => {
    const needs = Object.entries(secrets).map(([secret, need]) =>
      `--${secret.replace("_", "-")} (${need})`
    );
    return `${id}: ${title}, gives ${target === "contact" ? "contacts" : "activities"}\n` +
      `  needs ${needs.join(", ") || "no secret"}\n  ${wrapped(setup).replaceAll("\n", "\n  ")}`;
  });
  return parts.join("\n\n");
}

function one(connector: Fields, text: string): Result {
  return { data: { connector }, text: `${text}\n\n${rows([connector])}`, verbatim: true };
}

function pasting(connector: Fields): string {
  const found = PRESETS.find(({ name: id }) => id === connector.preset);
  const where = found?.setup ?? "Give it to the sender as the address of its webhook.";
  return `${cell(connector.url)}\n\nThis is the URL of ${
    cell(connector.name)
  }: keep it now, it is ` +
    `not shown again.\n\n${wrapped(where)}`;
}

function rotatedText({ url, previous_token_expires_at: end }: Fields): string {
  return `${cell(url)}\n\nThis is the connector's URL from now on: keep it now, it is not shown ` +
    `again. The one before works until ${shortTime(printable(String(end)))}.`;
}

function rows(connectors: readonly Fields[]): string {
  return table([
    ["SLUG", "NAME", "PRESET", "TARGET", "PROOF", "SECRETS", "REQUESTS/MIN", "ID"],
    ...connectors.map(({ verification, secrets_set, preset, ...connector }) => [
      cell(connector.slug),
      cell(connector.name),
      cell(preset ?? "none"),
      cell(connector.target),
      cell((verification as Fields).type),
      (secrets_set as string[]).join(",") || "none",
      cell(connector.requests_per_minute),
      cell(connector.id),
    ]),
  ]);
}
