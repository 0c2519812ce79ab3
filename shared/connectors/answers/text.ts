import { decodeXML } from "entities/decode";
import { isLosslessNumber } from "lossless-json";

const LONGEST_DATA = 200;
/** Parts of a name, a phone number, an address or a time, which tell themselves. */
const PARTS =
  /^(?:prefix|first|middle|infix|last|suffix|country|area|phone|full|number|ext|code|(?:street|house|addr|address|line|addr_line)_?(?:\d|number|no)?|city|town|district|region|province|county|state|(?:zip|postal|post)_?(?:code)?|year|month|day|date|time|hours?|min(?:utes?)?|ampm|from|to|start|end)$/i;
/** What forms and automations put where there is nothing to say. */
const NOTHING = /^(?:[-–—.…_*?#/\s]*|n\.?\/?a\.?|none|null|nil|undefined)$/i;

/** Whether a text only stands for what was left blank. */
export function saysNothing(text: string): boolean {
  return NOTHING.test(text);
}

/**
 * An answer as a person reads it: a list with commas between, an object by its values, a truth value
 * as yes or no, a file by its address. Empty for what says nothing.
 */
export function textOf(value: unknown): string {
  if (typeof value === "string") return shown(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number" || isLosslessNumber(value)) return String(value);
  if (Array.isArray(value)) return value.map(textOf).filter((text) => text !== "").join(", ");
  return typeof value === "object" && value !== null ? objectText(value) : "";
}

/** Whether an object is a name, a phone number, an address or a time in parts. */
export function isOnePart(object: object): boolean {
  return Object.keys(object).every((key) => PARTS.test(key));
}

function objectText(object: object): string {
  const { url } = object as { url?: unknown };
  if (typeof url === "string" && /^https?:/.test(url)) return url;
  const parts = Object.entries(object).map(([key, value]) => [key, textOf(value), value] as const)
    .filter(([, text]) => text !== "");
  // A number or a truth value says nothing without its name, whatever it is a part of.
  const named = (parts.length > 1 && !isOnePart(object)) ||
    parts.some(([, , value]) => typeof value === "boolean" || typeof value === "number");
  return named
    ? parts.map(([key, text]) => `${key}: ${text}`).join(", ")
    : parts.map(([, text]) => text).join(" ");
}

// A drawn signature or a picture, written out, would bury the rest.
function shown(given: string): string {
  const text = given.trim();
  const [, type, data = ""] = /^data:([\w.+/-]{1,100})?(?:;[\w=-]{1,100})*,(.*)$/s.exec(text) ?? [];
  if (data.length <= LONGEST_DATA) return text;
  return `${type ?? "data"}, ${Math.floor(data.length * 3 / 4)} bytes`;
}

/** JSON data whose texts were escaped for HTML, as they were before. */
export function unescaped(value: unknown): unknown {
  if (typeof value === "string") return decodeXML(value);
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unescaped(inner)]));
}
