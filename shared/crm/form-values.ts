import { isLosslessNumber, isSafeNumber, LosslessNumber } from "lossless-json";
import * as z from "zod";
import { lazy } from "../memory/lazy.ts";
import type { FormField } from "./form-fields.ts";
import { calendarDate, email, phone, website } from "./values/fields.ts";

const LONGEST_LIST = 500;

const checks = lazy((): Readonly<Record<FormField["type"], (field: FormField) => z.ZodType>> => ({
  text: () => upTo(1_000),
  textarea: () => upTo(20_000),
  hidden: () => upTo(1_000),
  email,
  phone,
  url: website,
  date: calendarDate,
  number: () => z.custom(isNumber, "Must be a number"),
  checkbox: () => z.boolean(),
  select: ({ options }) => choice(options),
  radio: ({ options }) => choice(options),
  multiselect: ({ options }) => z.array(choice(options)),
}));

/** The check of a field's values, by its type. */
export function valueCheck(field: FormField): z.ZodType {
  return checks()[field.type](field);
}

/** What a web page sent of a field: texts, of which some stand for something else. */
export function typedValue({ type }: FormField, sent: unknown): unknown {
  if (type === "multiselect") return typeof sent === "string" && sent !== "" ? [sent] : sent;
  if (typeof sent !== "string") return sent;
  if (type === "checkbox") return truthOf(sent.trim()) ?? sent;
  return type === "number" ? numberIn(sent.trim()) ?? sent : sent;
}

/** A value as a person reads it. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

function truthOf(sent: string): boolean | undefined {
  if (/^(?:on|true|1)$/i.test(sent)) return true;
  return /^(?:off|false|0)$/i.test(sent) ? false : undefined;
}

// HTML lets zeros and a plus lead, and the whole digits be missing.
function numberIn(sent: string): unknown {
  const parts = /^([+-]?)(?=\.?\d)0*(\d*)(\.\d+)?(e[+-]?\d{1,3})?$/i.exec(sent);
  if (parts === null) return undefined;
  const [, sign, whole, fraction = "", exponent = ""] = parts;
  const digits = `${sign === "-" ? "-" : ""}${whole || "0"}${fraction}${exponent}`;
  return isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits);
}

function isNumber(given: unknown): boolean {
  return typeof given === "number" || isLosslessNumber(given);
}

function upTo(maximum: number) {
  return z.string().max(maximum, `Must have at most ${maximum} characters`);
}

function choice(options: readonly string[] | null) {
  const known = options ?? [];
  const list = known.join(", ");
  const told = list.length > LONGEST_LIST ? "the options of the field" : list;
  return z.enum(known as [string, ...string[]], `Must be one of ${told}`);
}
