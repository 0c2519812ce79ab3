import { stringify } from "lossless-json";
import type { Fields } from "../crm/plan.ts";
import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import type { IntegrationContext } from "./context.ts";
import { type IntegrationType, MASK, secretsOf, type Settings } from "./type.ts";

type Secrets = Readonly<Record<string, string>>;

/** The settings of an integration as they are stored. */
export interface StoredSettings {
  /** As they are answered. */
  settings: Settings;
  /** Sealed; null without any. */
  secrets: string | null;
}

/**
 * The columns that hold the checked settings of a new integration, these settings with their secrets, and
 * the secrets that were made for it, to be told once. Throws InvalidInput.
 */
export async function newSettings(
  context: IntegrationContext,
  type: IntegrationType,
  given: Settings,
): Promise<{ columns: Fields; settings: Settings; made: Secrets }> {
  const made = Object.fromEntries(
    Object.entries(type.settings).flatMap(([name, { make }]) =>
      make === undefined || given[name] != null ? [] : [[name, make()]]
    ),
  );
  const entries = Object.entries(type.settings)
    .map(([name, { fallback = null }]) => [name, made[name] ?? given[name] ?? fallback]);
  const settings = Object.fromEntries(entries);
  review(context, type, settings);
  await lookUp(context, type, settings);
  return { columns: await columnsOf(context, type, settings), settings, made };
}

/**
 * The columns that hold the settings of an integration after a checked change, which is merged by name, and
 * these settings with their secrets. Throws InvalidInput.
 */
export async function changedSettings(
  context: IntegrationContext,
  type: IntegrationType,
  stored: StoredSettings,
  given: Settings,
): Promise<{ columns: Fields; settings: Settings }> {
  const secrets = await openSecrets(context, stored);
  const before = { ...stored.settings, ...secrets };
  const settings = Object.fromEntries(
    Object.keys(type.settings).map((name) => [name, name in given ? given[name] : before[name]]),
  );
  review(context, type, settings);
  const replaced = secretsOf(type).some((name) => settings[name] !== before[name]);
  const columns = await columnsOf(context, type, settings, replaced ? {} : secrets);
  return { columns: replaced ? { ...columns, former_secret_until: null } : columns, settings };
}

/** A change of settings without the secrets that are to stay. */
export function withoutMasks(type: IntegrationType, given: unknown): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const secrets = new Set(secretsOf(type));
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !secrets.has(name) || value !== MASK),
  );
}

/** The secrets of an integration, readable; also a former one that may still be in use. */
export async function openSecrets(
  { workspace, secrets }: Pick<IntegrationContext, "workspace" | "secrets">,
  stored: Pick<StoredSettings, "secrets">,
): Promise<Secrets> {
  return stored.secrets === null ? {} : await secrets().open(stored.secrets, workspace.id);
}

/** The columns of settings, secrets among them; `kept` are secrets that are no settings. */
async function columnsOf(
  context: Pick<IntegrationContext, "workspace" | "secrets">,
  type: IntegrationType,
  settings: Settings,
  kept: Secrets = {},
): Promise<Fields> {
  const given = secretsOf(type).filter((name) => settings[name] !== null);
  const shown = { ...settings, ...Object.fromEntries(given.map((name) => [name, MASK])) };
  const secret = {
    ...kept,
    ...Object.fromEntries(given.map((name) => [name, String(settings[name])])),
  };
  return { settings: stringify(shown), secrets: await sealed(context, secret) };
}

/** Seals secrets, if there are any. */
export async function sealed(
  { workspace, secrets }: Pick<IntegrationContext, "workspace" | "secrets">,
  given: Secrets,
): Promise<string | null> {
  return Object.keys(given).length === 0 ? null : await secrets().seal({ ...given }, workspace.id);
}

function review({ networks }: IntegrationContext, type: IntegrationType, settings: Settings): void {
  refuse(type.review?.(settings, networks) ?? []);
}

/** Checks given settings by the world outside, such as what a host resolves to. Throws InvalidInput. */
export async function lookUp(
  { networks }: Pick<IntegrationContext, "networks">,
  type: IntegrationType,
  given: Settings,
): Promise<void> {
  refuse(await type.lookUp?.(given, networks) ?? []);
}

function refuse(mistakes: readonly FieldError[]): void {
  if (mistakes.length === 0) return;
  throw new InvalidInput(
    mistakes.map(({ field, message }) => ({ field: `settings.${field}`, message })),
  );
}
