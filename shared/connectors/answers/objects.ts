import { InvalidInput } from "../../refusals/errors.ts";
import { parseJson } from "../../formats/strict-json.ts";

export type Fields = Record<string, unknown>;

/** A value as it is meant: some send an object as its JSON, or as the only item of a list. */
export function open(value: unknown, single = true): unknown {
  if (typeof value === "string" && /^\s*[[{]/.test(value)) return parsed(value) ?? value;
  return single && Array.isArray(value) && value.length === 1 && isObject(value[0])
    ? value[0]
    : value;
}

function parsed(text: string): unknown {
  try {
    const value = parseJson(text, (digits) => digits);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** Fields as forms of PHP name them, `fields[email][value]`, as the objects that they mean. */
export function unbracketed(object: Fields): Fields {
  const entries = Object.entries(object);
  if (!entries.some(([key]) => BRACKETED.test(key))) return object;
  const fields = new Map<string, unknown>();
  const within = new Map<string, [string, unknown][]>();
  for (const [key, value] of entries) {
    const [, head = key, inner = ""] = BRACKETED.exec(key) ?? [];
    if (inner === "") fields.set(head, value);
    else {
      const list = within.get(head) ?? [];
      if (list.length === 0) fields.set(head, within.set(head, list));
      list.push([inner.includes("][") ? `${inner.replace("][", "[")}]` : inner, value]);
    }
  }
  for (const [head, list] of within) fields.set(head, unbracketed(Object.fromEntries(list)));
  return Object.fromEntries(fields);
}

const BRACKETED = /^([^[\]]+)\[(.*)\]$/;

export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
