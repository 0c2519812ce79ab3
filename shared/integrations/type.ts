import * as z from "zod";
import type { IntegrationTypeName } from "../crm/integrations.ts";
import { optional } from "../crm/values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import type { Networks } from "../providers/outgoing/networks.ts";
import type { FieldError } from "../refusals/field-error.ts";

/** What a secret that is set is answered as; sent back, it keeps the secret. */
export const MASK = "********";

/** One setting of a type. */
export interface Setting {
  /** The check of a value that is given, null aside. */
  check: () => z.ZodType;
  isRequired: boolean;
  isSecret: boolean;
  /** What it is when it is not given, instead of null. */
  fallback?: unknown;
  /** Makes it where it is not given. */
  make?: () => string;
}

export type Settings = Record<string, unknown>;

/** The connector that takes in leads. */
export interface LeadsOf {
  preset: "meta_lead_ads" | "google_ads";
  secrets: Readonly<Record<string, string>>;
  /** Its expression for events to skip, instead of the preset's. */
  skip?: string;
}

/** A type of integration: what it is called, and what can be set of it. */
export interface IntegrationType {
  type: IntegrationTypeName;
  name: string;
  description: string;
  category: "leads" | "email" | "webhook";
  settings: Readonly<Record<string, Setting>>;
  /** What is wrong with settings that are right by themselves; paths within them. */
  review?(settings: Settings, networks: Networks): FieldError[];
  /** What is wrong with given settings as the world is now. */
  lookUp?(given: Settings, networks: Networks): Promise<FieldError[]>;
  /** How leads come from it, by its settings with their secrets. */
  leads?(settings: Settings): LeadsOf;
  /** The schema of the settings of a new one. Null is the same as absent where that is allowed. */
  creation: () => z.ZodObject;
  /** The schema of what changes of them. */
  change: () => z.ZodObject;
}

type Declaration = Omit<IntegrationType, "creation" | "change">;

/** Declares a type; its schemas are made when they are first asked for. */
export function integrationType(declaration: Declaration): IntegrationType {
  const { settings } = declaration;
  return {
    ...declaration,
    creation: lazy(() => z.strictObject(mapped(settings, newSetting))),
    change: lazy(() => z.strictObject(mapped(settings, changedSetting))),
  };
}

/** A setting that a new integration must have. */
export function required(check: () => z.ZodType): Setting {
  return { check, isRequired: true, isSecret: false };
}

/** A setting that may be left out; it is `fallback` then, else null. */
export function may(check: () => z.ZodType, fallback?: unknown): Setting {
  const setting = { check, isRequired: false, isSecret: false };
  return fallback === undefined ? setting : { ...setting, fallback };
}

/** The same setting as a secret: it is kept encrypted, and answered as {@link MASK}. */
export function secret(setting: Setting): Setting {
  return { ...setting, isSecret: true };
}

/** The names of the secrets of a type. */
export function secretsOf({ settings }: IntegrationType): string[] {
  return Object.keys(settings).filter((name) => settings[name]?.isSecret);
}

function newSetting({ check, isRequired, isSecret, fallback }: Setting): z.ZodType {
  const whole = isSecret ? check().refine(isNoMask, KEPT).meta(writeOnly(check())) : check();
  if (isRequired) return whole;
  const given = optional(whole);
  const known = isSecret ? { writeOnly: true } : {};
  return given.meta(fallback === undefined ? known : { ...known, default: fallback });
}

function changedSetting(setting: Setting): z.ZodType {
  const { check, isSecret } = setting;
  const whole = isSecret ? check().meta(writeOnly(check())) : check();
  return clears(setting) ? optional(whole) : whole.optional();
}

// What has a value at all times is never null.
function clears({ isRequired, fallback, make }: Setting): boolean {
  return !isRequired && fallback === undefined && make === undefined;
}

const KEPT = `Must be the secret itself; ${MASK} stands for one that is kept`;

function isNoMask(given: unknown): boolean {
  return given !== MASK;
}

function writeOnly(check: z.ZodType) {
  return { ...check.meta(), writeOnly: true };
}

function mapped<A, B>(
  values: Readonly<Record<string, A>>,
  map: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
